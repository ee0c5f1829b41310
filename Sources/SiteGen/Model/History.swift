import Archive

/// The archive as the pages need it, read once; every page is a function of it.
struct History: Sendable {
    /// The built-in demonstration source: its numbers are invented.
    static let demonstrationSource = "sample"

    /// Configured sources first, in their order; then those that only the archive knows, by name.
    let sources: [SourceHistory]
    let schedule: Schedule
    /// Start of the first and of the last slot in the archive.
    let first: Timestamp
    let last: Timestamp
    /// The slots of which some source read something, in order.
    let readSlots: [Timestamp]
    /// By key in scalar order.
    let tags: [TagHistory]
    let slugs: [ExactText: String]
    let withdrawn: Set<ExactText>

    var isDemonstration: Bool { sources.contains { $0.name == Self.demonstrationSource } }

    init(
        archive: ArchiveReader, settings: SiteSettings, slug: Slug
    ) throws(SiteError) {
        do throws(ArchiveError) {
            try self.init(reading: archive, settings, slug)
        } catch {
            throw .archive(error)
        }
        if sources.isEmpty { throw .emptyArchive(folder: archive.folder) }
    }

    private init(
        reading archive: ArchiveReader, _ settings: SiteSettings, _ slug: Slug
    ) throws(ArchiveError) {
        let rows = try archive.windows()
        let withdrawn = Set(try archive.withdrawn().map { ExactText($0.tag) })
        self.withdrawn = withdrawn
        schedule = settings.schedule
        first = rows.first?.slot ?? Timestamp(secondsSinceEpoch: 0)
        last = rows.last?.slot ?? first

        readSlots = Set(rows.filter { $0.status != .missing }.map(\.slot)).sorted()

        var makers: [ExactText: SourceHistoryMaker] = [:]
        var rowsOfTags: [ExactText: (popular: [TopRow], trending: [TopRow])] = [:]
        var day: (date: CivilDate, top: Lists, trending: Lists)?
        for row in rows {
            if day?.date != row.slot.date {
                day = (
                    row.slot.date, Lists(try archive.top(row.slot.date)),
                    Lists(try archive.trending(row.slot.date))
                )
            }
            let source = ExactText(row.source)
            func list(_ lists: Lists?) -> [TopRow] {
                Array(
                    (lists?.rows(of: row) ?? []).filter { !withdrawn.contains(ExactText($0.tag)) }
                        .prefix(settings.top))
            }
            let (top, trends) = (list(day?.top), list(day?.trending))
            makers[source, default: SourceHistoryMaker()].append(row, top, trends: trends)
            for listed in top {
                rowsOfTags[ExactText(listed.tag), default: ([], [])].popular.append(listed)
            }
            for listed in trends {
                rowsOfTags[ExactText(listed.tag), default: ([], [])].trending.append(listed)
            }
        }

        let configured = settings.sources.map(ExactText.init).filter { makers[$0] != nil }
        let others = makers.keys.filter { !configured.contains($0) }.sorted()
        sources = (configured + others).map {
            SourceHistory(name: $0.text, windows: makers[$0]?.windows ?? [])
        }
        tags = rowsOfTags.sorted { $0.key < $1.key }.map {
            TagHistory(
                key: $0.key, slug: slug.segment(for: $0.key.text), rows: $0.value.popular,
                trendingRows: $0.value.trending)
        }
        slugs = Dictionary(uniqueKeysWithValues: tags.map { ($0.key, $0.slug) })
    }

    /// The lists of a day by slot and source.
    private struct Lists {
        private let rows: [WindowKey: [TopRow]]

        init(_ rows: [TopRow]) {
            self.rows = Dictionary(grouping: rows) {
                WindowKey(slot: $0.slot, source: ExactText($0.source))
            }
        }

        /// In order of rank.
        func rows(of window: WindowRow) -> [TopRow] {
            (rows[WindowKey(slot: window.slot, source: ExactText(window.source))] ?? [])
                .sorted { $0.rank < $1.rank }
        }
    }

    private struct WindowKey: Hashable {
        let slot: Timestamp
        let source: ExactText
    }
}
