/// A canvas, its name for those who cannot see it, and its numbers.
struct ChartView: View {
    let identifier: String
    let label: String
    let data: Island
}

extension ChartView {
    /// People and posts of a list, as bars.
    init(list window: RecordedWindow, number: Int, label: String) {
        identifier = "chart-\(number)"
        self.label = label
        let rows = window.entries.map(\.row)
        data = Island(
            .object([
                ("kind", .text("bars")),
                (
                    "labels",
                    .list(rows.map { .text(Spelling($0.spelling, key: $0.tag).isolated) })
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
