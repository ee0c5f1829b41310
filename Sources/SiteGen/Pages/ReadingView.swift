import Archive

/// What a source read of a slot; no window for a gap.
struct ReadingView: View {
    let sourceAnchor: String
    let source: String
    let window: WindowView?
    /// Nil also where no charts are drawn.
    let chart: ChartView?

    private init(
        _ slot: Timestamp, source index: Int, hasCharts: Bool, _ site: Site, _ linker: Linker
    ) {
        let source = site.history.sources[index]
        sourceAnchor = Place.anchor(of: slot) + "-\(index + 1)"
        self.source = source.name
        let read = source.window(at: slot).flatMap { $0.wasRead ? $0 : nil }
        window = read.map { WindowView($0, site: site, linker: linker) }
        chart = hasCharts ? read.flatMap { ChartView(list: $0, number: index + 1) } : nil
    }

    /// Of the sources that had begun by then: no page shall change with a source that comes later.
    static func all(
        _ slot: Timestamp, hasCharts: Bool = false, _ site: Site, _ linker: Linker
    ) -> [ReadingView] {
        site.history.sources.indices.filter { site.history.sources[$0].hasBegun(by: slot) }
            .map { ReadingView(slot, source: $0, hasCharts: hasCharts, site, linker) }
    }
}

extension SourceHistory {
    /// Whether it has a window of this slot or an earlier one.
    func hasBegun(by slot: Timestamp) -> Bool {
        windows.first.map { $0.row.slot <= slot } ?? false
    }
}
