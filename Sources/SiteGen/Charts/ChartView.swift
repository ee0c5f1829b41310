import Archive
import Calendar

/// A canvas, its name for those who cannot see it, and its numbers.
struct ChartView: View {
    let identifier: String
    let label: String
    let data: Island
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
                        ("parts", numbers(parts)),
                        ("unusual", numbers(unusual)),
                        (
                            "peaks",
                            .list(peaks.map { .list([.number($0.place), .text($0.text)]) })
                        ),
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
                            level.map { .decimal(FixedPoint.text($0.people, decimals: 2)) }
                                ?? .null
                        ),
                    ])
                ])
            ),
        ])
    }
}
