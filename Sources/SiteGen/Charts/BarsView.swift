import Archive
import Text

/// People of a window's popular hashtags beside how many are usual at that hour, as bars that the page itself draws, and
/// on a canvas where scripts run; beside posts before anybody knows what is usual.
struct BarsView: View {
    let label: String
    /// What they show, in words: `#quake has 10 times as many people as usual`.
    let finding: String
    let hasUsual: Bool
    let rows: [RowView]
    let canvas: ChartView

    /// Lengths are of 100.
    struct RowView: View {
        let name: String
        let count: String
        /// Where that stands.
        let countX: String
        /// Where the name and the upper bar stand, and the lower one.
        let y: String
        let otherY: String
        let height: String
        let otherHeight: String
        let width: String
        let otherWidth: String
    }

    /// How long the longest bar is: names stand before it, its number behind it.
    private static let longest = 54.0
    /// Where bars begin.
    private static let start = 34.0

    /// Nil if there are none.
    init?(list window: RecordedWindow, number: Int, _ site: Site) {
        let rows = window.entries.map(\.row)
        guard !rows.isEmpty else { return nil }
        let hasUsual = rows.contains { $0.expected != nil }
        self.hasUsual = hasUsual
        label =
            (hasUsual
                ? "How many people wrote each popular hashtag, and how many usually do at this hour"
                : "People and posts of each popular hashtag")
            + ", \(site.title(of: window.row.source)), \(site.moment(window.row.slot)) UTC"
        finding = Self.finding(rows, site)
        let others = rows.map { hasUsual ? $0.expected : Double($0.posts) }
        let most = max(
            1, Double(rows.map(\.accounts).max() ?? 0), others.compactMap(\.self).max() ?? 0)
        func text(_ value: Double) -> String { FixedPoint.text(value, decimals: 1) }
        let step = 100 / Double(rows.count)
        self.rows = zip(rows.indices, zip(rows, others)).map { place, entry in
            let (row, other) = entry
            return RowView(
                name: site.spelling(of: row.tag).isolated, count: Wording.number(row.accounts),
                countX: text(Self.start + Self.longest * Double(row.accounts) / most + 1),
                y: text(step * (Double(place) + 0.14)), otherY: text(step * (Double(place) + 0.58)),
                height: text(step * 0.42), otherHeight: text(step * 0.24),
                width: text(Self.longest * Double(row.accounts) / most),
                otherWidth: text(Self.longest * (other ?? 0) / most))
        }
        canvas = ChartView(
            identifier: "chart-\(number)", label: label,
            data: Island(Self.data(rows, hasUsual: hasUsual, site)))
    }

    /// Of the hashtags whose usual number is known the one that is furthest above it.
    private static func finding(_ rows: [TopRow], _ site: Site) -> String {
        guard rows.contains(where: { $0.expected != nil }) else {
            return postsFinding(rows, site)
        }
        let ratios = rows.compactMap { row in
            row.expected.map { (row, Double(row.accounts) / max($0, 0.5)) }
        }
        guard let (row, ratio) = ratios.max(by: { ($0.1, $1.0.rank) < ($1.1, $0.0.rank) }),
            ratio >= 2
        else { return "What is popular has about as many people as usual" }
        let name = site.spelling(of: row.tag).isolated
        guard let times = Wording.times(row) else {
            return "\(name) is popular, and hardly anyone usually writes it"
        }
        return
            "\(name) has \(row.bounds == 0 ? "" : "at least ")\(times) times as many people as usual"
    }

    /// Before anybody knows what is usual: which of them the same people wrote most often.
    private static func postsFinding(_ rows: [TopRow], _ site: Site) -> String {
        let ratios = rows.filter { $0.accounts > 0 }.map {
            ($0, Double($0.posts) / Double($0.accounts))
        }
        guard let (row, ratio) = ratios.max(by: { ($0.1, $1.0.rank) < ($1.1, $0.0.rank) }),
            ratio >= 1.05
        else { return "Hardly anyone wrote one of them twice" }
        return
            "\(site.spelling(of: row.tag).isolated) has \(FixedPoint.text(ratio, decimals: 1)) posts a person, the most"
    }

    private static func data(
        _ rows: [TopRow], hasUsual: Bool, _ site: Site
    ) -> JSONDocument {
        func series(_ name: String, _ values: [JSONDocument]) -> JSONDocument {
            .object([("name", .text(name)), ("values", .list(values))])
        }
        let usual = rows.map { row in
            row.expected.map { JSONDocument.decimal(FixedPoint.text($0, decimals: 2)) } ?? .null
        }
        return .object([
            ("kind", .text("bars")),
            ("labels", .list(rows.map { .text(site.spelling(of: $0.tag).isolated) })),
            (
                "series",
                .list([
                    series("People", rows.map { .number($0.accounts) }),
                    hasUsual
                        ? series("Usually", usual)
                        : series("Posts", rows.map { .number($0.posts) }),
                ])
            ),
        ])
    }
}
