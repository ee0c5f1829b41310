import Archive
import Calendar
import Files
import Tasks
import Text

/// Brings tables up to date with the archive: finds the first day that differs, takes off what follows,
/// and reads that again. What did not change is not read.
struct ArchiveUpdate {
    let archive: ArchiveReader
    /// How many places of each list are shown.
    let places: Int
    let withdrawn: Withdrawals
    private(set) var tables: ArchiveTables
    private(set) var stamps: ArchiveStamps
    private(set) var change = Change.nothing

    /// - Parameters:
    ///   - tables: Made with the same places and withdrawn keys when the archive had these stamps.
    ///   - now: Nanoseconds since 1970.
    init(
        archive: ArchiveReader, places: Int, withdrawn: Withdrawals,
        tables: ArchiveTables, stamps: ArchiveStamps, now: Int64
    ) throws(ArchiveError) {
        self.archive = archive
        self.places = places
        self.withdrawn = withdrawn
        self.tables = tables
        self.stamps = stamps
        try run(stamps, now: now)
    }

    private mutating func run(_ known: ArchiveStamps, now: Int64) throws(ArchiveError) {
        let numbers = try archive.years()
        let folder = archive.folder
        stamps.years = try numbers.map { (number) throws(ArchiveError) in
            ArchiveStamps.Year(
                number: Int64(number),
                windows: try ArchiveError.onDisk { () throws(FileError) in
                    try FileStamp(folder + "/" + ArchiveLayout.windows(year: number), now: now)
                })
        }
        let days = try ArchiveError.onDisk { () throws(FileError) in
            var reading = ArchiveStamps.Reading(folder, now: now)
            return try known.days.map { (day) throws(FileError) in try reading.day(day.date) }
        }
        var first = zip(days, known.days).first { $0 != $1 }?.0.date
        var years: [Int: [WindowRow]] = [:]
        for number in Set(numbers + known.years.map { Int($0.number) }).sorted() {
            let stamp = stamps.years.first { $0.number == number }?.windows
            guard stamp != known.years.first(where: { $0.number == number })?.windows else {
                continue
            }
            let rows = stamp == nil ? [] : try archive.windows(year: number)
            years[number] = rows
            if let differing = firstDifference(rows, year: number) {
                first = min(first ?? differing, differing)
                break
            }
        }
        guard var first else {
            stamps.days = days
            return
        }
        // The archive's end moves, and with it what is due on its last day.
        if let last = tables.windows.last {
            first = min(first, Timestamp(secondsSinceEpoch: last.slot).date)
        }
        // They hold as much as the archive is long, and no second copy of it is made.
        let old = Old(tables, from: first)
        tables.removeWindows(from: Timestamp(first))
        stamps.days = days.filter { $0.date < first }
        for number in numbers where number >= first.year {
            let rows: [WindowRow]
            if let read = years[number] {
                rows = read
            } else {
                rows = try archive.windows(year: number)
            }
            try append(rows.filter { $0.slot.date >= first }, now: now)
        }
        change = Self.change(from: first, old, tables)
        if known.days.contains(where: { $0.date >= first && stamps.lacksFile(of: $0) }) {
            change.isEverything = true
        }
    }

    /// Reads the lists of these windows and puts all of them on.
    private mutating func append(_ rows: [WindowRow], now: Int64) throws(ArchiveError) {
        var dates: [CivilDate] = []
        for row in rows where dates.last != row.slot.date { dates.append(row.slot.date) }
        let (archive, reading) = (archive, Reading(places: places, withdrawn: withdrawn))
        var stamping = ArchiveStamps.Reading(archive.folder, now: now)
        // So many days are read side by side that no core waits and memory does not matter.
        for start in stride(from: 0, to: dates.count, by: 256) {
            let batch = Array(dates[start..<min(start + 256, dates.count)])
            let lists = Parallel.map(batch.count) { index in
                Result { () throws(ArchiveError) -> Reading.Day in
                    try reading.day(batch[index], archive)
                }
            }
            for (date, result) in zip(batch, lists) {
                let day = try result.get()
                stamps.days.append(
                    try ArchiveError.onDisk { () throws(FileError) in try stamping.day(date) })
                let from = rows.partitioningIndex { $0.slot >= Timestamp(date) }
                for row in rows[from...].prefix(while: { $0.slot.date == date }) {
                    tables.append(
                        row, popular: reading.list(day.popular, of: row),
                        trending: reading.list(day.trending, of: row))
                }
            }
        }
    }

    /// The day of the first window of a year that is not the same in the tables.
    private func firstDifference(_ rows: [WindowRow], year: Int) -> CivilDate? {
        guard let january = CivilDate(year: year, month: 1, day: 1) else { return nil }
        let start = Timestamp(january).secondsSinceEpoch
        let end = Timestamp(january.advanced(by: 366)).secondsSinceEpoch
        let from = tables.windows.partitioningIndex { $0.slot >= start }
        let to = tables.windows.partitioningIndex { $0.slot >= end }
        let known = (from..<max(from, to)).lazy.map { tables.row(ofWindow: Int32($0)) }
            .prefix { $0.slot.date.year == year }
        var before = known.makeIterator()
        for row in rows {
            guard let old = before.next() else { return row.slot.date }
            if old.encoded != row.encoded { return min(old.slot, row.slot).date }
        }
        return before.next()?.slot.date
    }

    /// What there was before.
    private struct Old {
        /// The first slot of all; nil if there was none.
        let firstSlot: Int64?
        let sourceCount: Int
        /// From a day on.
        let slots: [Timestamp]
        /// The keys of the hashtags that were listed from that day on.
        let tags: [String]

        init(_ tables: ArchiveTables, from day: CivilDate) {
            firstSlot = tables.windows.first?.slot
            sourceCount = tables.sources.count
            slots = tables.slots(from: Timestamp(day))
            tags = Set(
                tables.rows(from: Timestamp(day)).map {
                    tables.tags[Int(tables.rows[$0].tag)].key
                }
            ).map { tables.texts[$0] }
        }
    }

    private static func change(
        from first: CivilDate, _ old: Old, _ new: ArchiveTables
    ) -> Change {
        let kept = old.tags.compactMap { new.tag($0) }
        let tags = Set(new.rows(from: Timestamp(first)).map { new.rows[$0].tag } + kept).sorted()
        let isLess =
            old.firstSlot == nil || kept.count < old.tags.count
            || new.sources.count != old.sourceCount || new.windows.first?.slot != old.firstSlot
            || !Set(new.slots(from: Timestamp(first))).isSuperset(of: old.slots)
        return Change(firstDay: first, tags: tags, isEverything: isLess)
    }

    /// What is read of a day, and what of it is shown.
    private struct Reading: Sendable {
        let places: Int
        let withdrawn: Withdrawals

        typealias Day = (popular: [WindowKey: [TopRow]], trending: [WindowKey: [TopRow]])

        struct WindowKey: Hashable, Sendable {
            let slot: Timestamp
            let source: ExactText
        }

        func day(_ date: CivilDate, _ archive: ArchiveReader) throws(ArchiveError) -> Day {
            (grouped(try archive.top(date)), grouped(try archive.trending(date)))
        }

        private func grouped(_ rows: [TopRow]) -> [WindowKey: [TopRow]] {
            Dictionary(grouping: rows) { WindowKey(slot: $0.slot, source: ExactText($0.source)) }
        }

        /// In order of rank, without what is withdrawn and what is beyond the places shown.
        func list(_ lists: [WindowKey: [TopRow]], of window: WindowRow) -> [TopRow] {
            Array(
                (lists[WindowKey(slot: window.slot, source: ExactText(window.source))] ?? [])
                    .filter { !withdrawn.contains(ExactText($0.tag)) }
                    .sorted { ($0.rank, ExactText($0.tag)) < ($1.rank, ExactText($1.tag)) }
                    .prefix(places))
        }
    }
}

extension WindowRow {
    /// The line of the archive, to compare every column byte by byte.
    fileprivate var encoded: [UInt8] {
        var encoder = CSVEncoder()
        encoder.row(self)
        encoder.text(held.map(String.init) ?? "-")
        encoder.text(reasons?.description ?? "-")
        encoder.text(note ?? "-")
        encoder.text(rules ?? "-")
        encoder.text(rows.map(String.init) ?? "-")
        return encoder.bytes
    }
}

/// What may be different since the last build: every window from a day on, and the hashtags that were or are
/// listed in one of them.
struct Change: Sendable {
    /// Nil if no window is different.
    var firstDay: CivilDate?
    /// By number.
    var tags: [Int32]
    /// True if pages may have to go, or every page may be different.
    var isEverything: Bool

    static let nothing = Change(firstDay: nil, tags: [], isEverything: false)
    static let everything = Change(firstDay: nil, tags: [], isEverything: true)

    var isNothing: Bool { firstDay == nil && !isEverything }

    /// Whether something within a stretch of days that ends so may be different.
    func reaches(_ lastDay: CivilDate) -> Bool {
        isEverything || firstDay.map { $0 <= lastDay } ?? false
    }
}
