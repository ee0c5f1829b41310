import Archive
import Calendar

/// A canvas, its name for those who cannot see it, and its numbers.
struct ChartView: View {
    let identifier: String
    let label: String
    let data: Island
}

extension ChartView {
    /// People of a window's popular hashtags beside how many are usual at that hour, as bars; beside posts before
    /// anybody knows what is usual. Nil if there are none.
    init?(list window: RecordedWindow, number: Int, _ site: Site) {
        let rows = window.entries.map(\.row)
        guard !rows.isEmpty else { return nil }
        let isExpecting = rows.contains { $0.expected != nil }
        identifier = "chart-\(number)"
        label =
            (isExpecting
                ? "How many people wrote each popular hashtag, and how many usually do at this hour"
                : "People and posts of each popular hashtag")
            + ", \(site.title(of: window.row.source)), \(site.moment(window.row.slot)) UTC"
        func series(_ name: String, _ values: [JSONDocument]) -> JSONDocument {
            .object([("name", .text(name)), ("values", .list(values))])
        }
        data = Island(
            .object([
                ("kind", .text("bars")),
                ("labels", .list(rows.map { .text(site.spelling(of: $0.tag).isolated) })),
                (
                    "series",
                    .list([
                        series("People", rows.map { .number($0.accounts) }),
                        isExpecting
                            ? series(
                                "Usually",
                                rows.map { row in
                                    row.expected.map {
                                        .decimal(FixedPoint.text($0, decimals: 2))
                                    } ?? .null
                                })
                            : series("Posts", rows.map { .number($0.posts) }),
                    ])
                ),
            ]))
    }
}

extension PlotView.Course {
    /// The same for a canvas.
    func json(
        from start: Timestamp, step: Int, named name: String, bounds: [TagBounds.Run] = []
    ) -> JSONDocument {
        func numbers(_ places: Set<Int>) -> JSONDocument {
            .list(places.sorted().map(JSONDocument.number))
        }
        return .object([
            ("kind", .text("line")),
            ("start", .text(start.description)),
            ("step", .number(step)),
            ("count", .number(times.count)),
            ("gaps", numbers(gaps)),
            (
                "series",
                .list([
                    .object([
                        ("name", .text(name)),
                        (
                            "points",
                            .list(
                                people.sorted { $0.key < $1.key }
                                    .map { .list([.number($0.key), .number($0.value)]) })
                        ),
                        (
                            "bounds",
                            .list(
                                bounds.map {
                                    .list([.number($0.first), .number($0.count), .number($0.bound)])
                                })
                        ),
                        ("unusual", numbers(unusual)),
                        (
                            "band",
                            .list(
                                usual.sorted { $0.key < $1.key }.map {
                                    .list([
                                        .number($0.key),
                                        .decimal(FixedPoint.text($0.value, decimals: 2)),
                                    ])
                                })
                        ),
                        (
                            "usual",
                            level.map { .decimal(FixedPoint.text($0, decimals: 2)) } ?? .null
                        ),
                    ])
                ])
            ),
        ])
    }
}
