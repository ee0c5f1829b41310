import Archive
import Calendar
import Text

/// The finished tables, shared by all pages, and the values they stand for.
final class ArchiveIndex: Sendable {
    let tables: ArchiveTables
    /// The names of the sources.
    private let names: [String]
    /// For each source of the tables its windows, in order.
    private let windowsOfSources: [[Int32]]
    /// Of each source whether it is told together with others, as editions are not.
    private let isMerged: [Bool]

    /// - Parameter editions: The names of sources that are read with another.
    init(_ tables: ArchiveTables, without editions: Set<ExactText> = []) {
        self.tables = tables
        names = tables.sources.indices.map { tables.name(ofSource: Int32($0)) }
        isMerged = names.map { !editions.contains(ExactText($0)) }
        var windows = Array(repeating: [Int32](), count: tables.sources.count)
        for (number, window) in tables.windows.enumerated() {
            windows[Int(window.source)].append(Int32(number))
        }
        windowsOfSources = windows
    }

    /// Whether a source is told where several are told together.
    func isMerged(source: Int32) -> Bool { isMerged[Int(source)] }

    func windows(ofSource source: Int) -> [Int32] { windowsOfSources[source] }

    func slot(ofWindow number: Int32) -> Timestamp {
        Timestamp(secondsSinceEpoch: tables.windows[Int(number)].slot)
    }

    /// The slot of the window that holds a row.
    func slot(ofRow number: Int32) -> Timestamp {
        slot(ofWindow: tables.rows[Int(number)].window)
    }

    func window(_ number: Int32) -> RecordedWindow {
        RecordedWindow(number: number, index: self)
    }

    func row(_ number: Int32) -> TopRow {
        let entry = tables.rows[Int(number)]
        return row(
            entry, tag: tables.texts[tables.tags[Int(entry.tag)].key],
            spelling: tables.texts[entry.spelling])
    }

    /// The same, with texts that are known.
    func row(_ entry: RowEntry, tag: String, spelling: String) -> TopRow {
        let window = tables.windows[Int(entry.window)]
        return TopRow(
            slot: Timestamp(secondsSinceEpoch: window.slot),
            source: names[Int(window.source)], rank: Int(entry.rank), tag: tag,
            spelling: spelling, posts: Int(entry.posts),
            accounts: Int(entry.accounts), expected: entry.expected.isNaN ? nil : entry.expected,
            score: entry.score.isNaN ? nil : entry.score,
            bounds: entry.bounds < 0 ? nil : Int(entry.bounds))
    }

    func entry(_ number: Int32) -> ListEntry {
        let before = tables.rows[Int(number)].beforeOfTrack
        return ListEntry(
            row: row(number), movement: movement(ofRow: number),
            streak: Int(tables.rows[Int(number)].streak),
            before: before < 0 ? nil : slot(ofRow: before))
    }

    private func movement(ofRow number: Int32) -> Movement? {
        let row = tables.rows[Int(number)]
        let window = tables.windows[Int(row.window)]
        let listBefore = isTrending(number) ? window.trendingBefore : window.readBefore
        guard listBefore >= 0 else { return nil }
        guard row.beforeOfTrack >= 0 else { return .new }
        let before = tables.rows[Int(row.beforeOfTrack)]
        guard before.window == listBefore else { return .back }
        let places = Int(before.rank) - Int(row.rank)
        return places == 0 ? .same : places > 0 ? .up(places) : .down(-places)
    }

    /// Whether a row is of a trending list.
    func isTrending(_ row: Int32) -> Bool {
        let window = tables.windows[Int(tables.rows[Int(row)].window)]
        return row >= window.firstRow + window.popularCount
    }

    /// Of the last slot that lists a hashtag, the window in which most people wrote it.
    func lastWindow(ofTag tag: Int32) -> Int32 {
        var row = tables.tags[Int(tag)].lastRow
        let slot = slot(ofRow: row)
        var most = row
        while row >= 0, self.slot(ofRow: row) == slot {
            if tables.rows[Int(row)].accounts > tables.rows[Int(most)].accounts { most = row }
            row = tables.rows[Int(row)].beforeOfTag
        }
        return tables.rows[Int(most)].window
    }

    /// The rows of a hashtag in order of slot, then source.
    func rows(ofTag tag: Int32) -> [Int32] {
        var rows: [Int32] = []
        var row = tables.tags[Int(tag)].lastRow
        while row >= 0 {
            rows.append(row)
            row = tables.rows[Int(row)].beforeOfTag
        }
        return rows.reversed()
    }
}
