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
}
