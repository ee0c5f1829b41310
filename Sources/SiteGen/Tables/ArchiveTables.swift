import Archive
import Calendar
import Text

/// All that the site shows of the archive, in flat arrays: windows in order of slot and source, their
/// rows, and for each hashtag the chain of its rows.
///
/// Windows are put on at the end and taken off there, and nothing else changes: what was taken off and
/// put on again leaves the very same tables as if they had been made at once.
struct ArchiveTables: Sendable {
    private(set) var windows: [WindowEntry] = []
    private(set) var rows: [RowEntry] = []
    private(set) var tags: [TagEntry] = []
    private(set) var tracks: [TrackEntry] = []
    private(set) var sources: [SourceEntry] = []
    private(set) var texts = TextTable()
    private var keys = KeyTable([], in: TextTable())
    /// How many windows have been there, and what they brought, ever since the tables were read.
    private(set) var keptCount = 0

    init() {}

    init(
        windows: [WindowEntry], rows: [RowEntry], tags: [TagEntry], tracks: [TrackEntry],
        sources: [SourceEntry], texts: TextTable
    ) {
        self.windows = windows
        self.rows = rows
        self.tags = tags
        self.tracks = tracks
        self.sources = sources
        self.texts = texts
        keys = KeyTable(tags.map(\.key), in: texts)
        keptCount = windows.count
    }

    /// The number of the hashtag with this key.
    func tag(_ key: String) -> Int32? { keys.find(key.utf8, in: texts) { tags[Int($0)].key } }

    /// By the bytes of its key.
    func tag(_ key: ArraySlice<UInt8>) -> Int32? {
        keys.find(key, in: texts) { tags[Int($0)].key }
    }

    /// Puts a window on, later than all others or of the same slot and a later source. The lists are in
    /// order of rank, without what is shown nowhere.
    mutating func append(_ row: WindowRow, popular: [TopRow], trending: [TopRow]) {
        let (sourceCount, textCount) = (Int32(sources.count), Int32(texts.count))
        let source = number(ofSource: row.source)
        let before = sources[Int(source)]
        let isRead = row.status != .missing
        let isExpecting = !trending.isEmpty || popular.contains { $0.expected != nil }
        let hasTrending = isRead && isExpecting
        let window = Int32(windows.count)
        let version = windows.last.map(\.version)
        // Those of a source are mostly the same.
        let rules = before.lastRead < 0 ? nil : Int32(windows[Int(before.lastRead)].rules)
        windows.append(
            WindowEntry(
                slot: row.slot.secondsSinceEpoch, start: row.start.secondsSinceEpoch,
                end: row.end.secondsSinceEpoch, coverage: row.coverage, posts: Int64(row.posts),
                tagged: Int64(row.tagged), accounts: Int64(row.accounts), tags: Int64(row.tags),
                duplicates: Int64(row.duplicates), dropped: Int64(row.dropped),
                reconnects: Int64(row.reconnects), held: Int64(row.held ?? -1),
                rows: Int64(row.rows ?? -1),
                rules: Int64(row.rules.map { number(of: $0, likely: rules) } ?? -1),
                source: source,
                status: Int32(WindowStatus.allCases.firstIndex(of: row.status) ?? 0),
                version: number(of: row.version, likely: version),
                reasons: row.reasons.map { texts.append($0.description) } ?? -1,
                note: row.note.map { texts.append($0) } ?? -1,
                firstRow: Int32(rows.count),
                popularCount: isRead ? Int32(popular.count) : 0,
                trendingCount: hasTrending ? Int32(trending.count) : -1,
                readBefore: before.lastRead, trendingBefore: before.lastTrending,
                sourceCount: sourceCount, textCount: textCount))
        guard isRead else { return }
        sources[Int(source)].lastRead = window
        for row in popular { append(row, of: window, isTrending: false) }
        guard hasTrending else { return }
        sources[Int(source)].lastTrending = window
        for row in trending { append(row, of: window, isTrending: true) }
    }

    /// Takes off all windows from this slot on.
    mutating func removeWindows(from slot: Timestamp) {
        while let window = windows.last, window.slot >= slot.secondsSinceEpoch {
            while rows.count > window.firstRow { removeLastRow() }
            windows.removeLast()
            sources[Int(window.source)].lastRead = window.readBefore
            sources[Int(window.source)].lastTrending = window.trendingBefore
            sources.removeLast(sources.count - Int(window.sourceCount))
            texts.removeAll(from: Int(window.textCount))
        }
        keptCount = min(keptCount, windows.count)
    }

    private mutating func append(_ row: TopRow, of window: Int32, isTrending: Bool) {
        let entry = windows[Int(window)]
        let tag = number(ofTag: row.tag)
        let track = number(ofTrackOf: tag, source: entry.source, isTrending: isTrending)
        let (ofTag, ofTrack) = (tags[Int(tag)].lastRow, tracks[Int(track)].lastRow)
        let listBefore = isTrending ? entry.trendingBefore : entry.readBefore
        var (streak, slotCount): (Int32, Int32) = (1, 1)
        if ofTrack >= 0, rows[Int(ofTrack)].window == listBefore {
            streak += rows[Int(ofTrack)].streak
        }
        if ofTag >= 0 {
            let before = rows[Int(ofTag)]
            slotCount = before.slotCount + (windows[Int(before.window)].slot == entry.slot ? 0 : 1)
        }
        tags[Int(tag)].lastRow = Int32(rows.count)
        tracks[Int(track)].lastRow = Int32(rows.count)
        rows.append(
            RowEntry(
                posts: Int64(row.posts), accounts: Int64(row.accounts),
                expected: row.expected ?? .nan, score: row.score ?? .nan, window: window, tag: tag,
                track: track, rank: Int32(clamping: row.rank),
                spelling: number(
                    of: row.spelling, likely: ofTag >= 0 ? rows[Int(ofTag)].spelling : nil),
                beforeOfTag: ofTag, beforeOfTrack: ofTrack, streak: streak, slotCount: slotCount,
                bounds: row.bounds.map(Int32.init(clamping:)) ?? -1))
    }

    private mutating func removeLastRow() {
        let row = rows.removeLast()
        tracks[Int(row.track)].lastRow = row.beforeOfTrack
        tags[Int(row.tag)].lastRow = row.beforeOfTag
        if row.beforeOfTrack < 0 {
            tags[Int(row.tag)].firstTrack = tracks.removeLast().next
        }
        if row.beforeOfTag < 0 {
            keys.remove(row.tag, key: texts[tags.removeLast().key])
        }
    }

    private mutating func number(ofSource name: String) -> Int32 {
        if let known = sources.firstIndex(where: { texts.holds(name, at: $0.name) }) {
            return Int32(known)
        }
        sources.append(SourceEntry(name: texts.append(name), lastRead: -1, lastTrending: -1))
        return Int32(sources.count - 1)
    }

    private mutating func number(ofTag key: String) -> Int32 {
        if let known = tag(key) { return known }
        let tag = Int32(tags.count)
        let before = tags
        keys.insert(tag, key: key, in: texts) { before[Int($0)].key }
        tags.append(
            TagEntry(
                key: texts.append(key), firstRow: Int32(rows.count), lastRow: -1, firstTrack: -1))
        return tag
    }

    private mutating func number(
        ofTrackOf tag: Int32, source: Int32, isTrending: Bool
    ) -> Int32 {
        var track = tags[Int(tag)].firstTrack
        while track >= 0 {
            let entry = tracks[Int(track)]
            if entry.source == source, (entry.isTrending == 1) == isTrending { return track }
            track = entry.next
        }
        tracks.append(
            TrackEntry(
                source: source, isTrending: isTrending ? 1 : 0, lastRow: -1,
                next: tags[Int(tag)].firstTrack))
        tags[Int(tag)].firstTrack = Int32(tracks.count - 1)
        return Int32(tracks.count - 1)
    }

    private mutating func number(of text: String, likely: Int32?) -> Int32 {
        if let likely, likely >= 0, texts.holds(text, at: likely) { return likely }
        return texts.append(text)
    }
}

extension ArchiveTables {
    /// How many rows and texts there were before a window.
    func counts(before window: Int) -> (rows: Int, texts: Int) {
        window < windows.count
            ? (Int(windows[window].firstRow), Int(windows[window].textCount))
            : (rows.count, texts.count)
    }

    func name(ofSource source: Int32) -> String { texts[sources[Int(source)].name] }

    /// The line of the archive that a window stands for.
    func row(ofWindow number: Int32) -> WindowRow {
        let entry = windows[Int(number)]
        var row = WindowRow(
            slot: Timestamp(secondsSinceEpoch: entry.slot), source: name(ofSource: entry.source),
            start: Timestamp(secondsSinceEpoch: entry.start),
            end: Timestamp(secondsSinceEpoch: entry.end),
            status: WindowStatus.allCases[Int(entry.status)], coverage: entry.coverage,
            posts: Int(entry.posts), tagged: Int(entry.tagged), accounts: Int(entry.accounts),
            tags: Int(entry.tags), duplicates: Int(entry.duplicates), dropped: Int(entry.dropped),
            reconnects: Int(entry.reconnects), version: texts[entry.version],
            held: entry.held < 0 ? nil : Int(entry.held),
            reasons: entry.reasons < 0 ? nil : DropReasons(texts[entry.reasons]),
            note: entry.note < 0 ? nil : texts[entry.note],
            rows: entry.rows < 0 ? nil : Int(entry.rows))
        if entry.rules >= 0 { row.rules = texts[Int32(entry.rules)] }
        return row
    }

    /// The first window whose slot is not before this one.
    func firstWindow(from slot: Timestamp) -> Int {
        windows.partitioningIndex { $0.slot >= slot.secondsSinceEpoch }
    }

    /// The rows of the windows from a slot on.
    func rows(from slot: Timestamp) -> Range<Int> {
        let first = firstWindow(from: slot)
        return (first < windows.count ? Int(windows[first].firstRow) : rows.count)..<rows.count
    }

    /// The slots of the windows from a slot on, in order, each once.
    func slots(from slot: Timestamp) -> [Timestamp] {
        var slots: [Timestamp] = []
        for window in windows[firstWindow(from: slot)...] {
            let slot = Timestamp(secondsSinceEpoch: window.slot)
            if slots.last != slot { slots.append(slot) }
        }
        return slots
    }
}

extension Array {
    /// The first index from which on all elements belong to the second part, in an array whose
    /// elements of the first part all come first; the count if there is no such element.
    func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
        indices.firstPlace { belongsToSecond(self[$0]) }
    }
}
