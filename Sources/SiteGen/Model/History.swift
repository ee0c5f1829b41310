import Archive

/// The archive as the pages need it; every page is a function of it.
struct History: Sendable {
    /// The built-in demonstration source: its numbers are invented.
    static let demonstrationSource = "sample"

    let index: ArchiveIndex
    /// Configured sources first, in their order; then those that only the archive knows, by name.
    let sources: [SourceHistory]
    let schedule: Schedule
    /// Start of the first and of the last slot in the archive.
    let first: Timestamp
    let last: Timestamp
    /// The slots of all windows, in order, each once.
    let slots: [Timestamp]
    let tags: TagHistories
    let withdrawn: Set<ExactText>

    var isDemonstration: Bool { sources.contains { $0.name == Self.demonstrationSource } }

    /// Of tables that hold a window.
    init(_ tables: ArchiveTables, withdrawn: Set<ExactText>, settings: SiteSettings, slug: Slug) {
        index = ArchiveIndex(tables)
        self.withdrawn = withdrawn
        schedule = settings.schedule
        slots = tables.slots(from: Timestamp(secondsSinceEpoch: .min))
        first = slots.first ?? Timestamp(secondsSinceEpoch: 0)
        last = slots.last ?? first
        tags = TagHistories(index: index, slug: slug)
        let known = tables.sources.indices.map { [index] in SourceHistory($0, of: index) }
        let configured = settings.sources.compactMap { name in
            known.first { ExactText($0.name) == ExactText(name) }
        }
        let others = known.filter { source in
            !settings.sources.contains { ExactText($0) == ExactText(source.name) }
        }
        sources = configured + others.sorted { ExactText($0.name) < ExactText($1.name) }
    }

    /// The slots in `[start, end]` of which some source read something, in order.
    func readSlots(from start: Timestamp, through end: Timestamp) -> [Timestamp] {
        let windows = index.tables.windows
        let first = windows.partitioningIndex { $0.slot >= start.secondsSinceEpoch }
        var slots: [Timestamp] = []
        for window in windows[first...] {
            guard window.slot <= end.secondsSinceEpoch else { break }
            let slot = Timestamp(secondsSinceEpoch: window.slot)
            if window.wasRead, slots.last != slot { slots.append(slot) }
        }
        return slots
    }
}
