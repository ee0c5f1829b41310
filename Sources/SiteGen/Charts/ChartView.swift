/// A canvas, its name for those who cannot see it, and its numbers.
struct ChartView: View {
    let identifier: String
    let label: String
    let data: Island
}

extension ChartView {
    /// People and posts of a window's popular hashtags, as bars; nil if there are none.
    init?(list window: RecordedWindow, number: Int, _ site: Site) {
        guard !window.entries.isEmpty else { return nil }
        identifier = "chart-\(number)"
        label =
            "People and posts of each popular hashtag, \(site.title(of: window.row.source)), "
            + "\(site.moment(window.row.slot)) UTC; the table has the same numbers"
        let rows = window.entries.map(\.row)
        data = Island(
            .object([
                ("kind", .text("bars")),
                (
                    "labels",
                    .list(rows.map { .text(site.spelling(of: $0.tag).isolated) })
                ),
                (
                    "series",
                    .list([
                        .object([
                            ("name", .text("People")),
                            ("values", .list(rows.map { .number($0.accounts) })),
                        ]),
                        .object([
                            ("name", .text("Posts")),
                            ("values", .list(rows.map { .number($0.posts) })),
                        ]),
                    ])
                ),
            ]))
    }
}
