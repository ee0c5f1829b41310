import Archive

/// What a source read of a slot; no window for a gap.
struct ReadingView: View {
    let sourceAnchor: String
    let source: String
    let window: WindowView?

    init(_ slot: Timestamp, source index: Int, _ site: Site, _ linker: Linker) {
        let source = site.history.sources[index]
        sourceAnchor = Place.anchor(of: slot) + "-\(index + 1)"
        self.source = source.name
        window = source.window(at: slot).flatMap { window in
            guard window.wasRead else { return nil }
            return WindowView(window, site: site, linker: linker)
        }
    }

    /// Of the sources that had begun by then: no page shall change with a source that comes later.
    static func all(_ slot: Timestamp, _ site: Site, _ linker: Linker) -> [ReadingView] {
        site.history.sources.indices.filter { site.history.sources[$0].hasBegun(by: slot) }
            .map { ReadingView(slot, source: $0, site, linker) }
    }
}

extension SourceHistory {
    /// Whether it has a window of this slot or an earlier one.
    func hasBegun(by slot: Timestamp) -> Bool {
        windows.first.map { $0.row.slot <= slot } ?? false
    }
}
