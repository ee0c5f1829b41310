import Calendar
import Files

/// Another name for a source, in every line that the archive has of it: its history goes on under the new one.
///
/// The windows stand in `changes.csv` by their old name before anything is changed, so that where the archive is published
/// nobody takes them for lost. The caller holds the archive's lock.
public struct ArchiveRename: Sendable {
    public let folder: String
    public let old: String
    public let new: String
    /// Those of the old name, by slot.
    public let windows: [WindowRow]
    /// Those that the new name has already: they were scored without the history of the old one.
    private let others: [WindowRow]

    public init(of folder: String, from old: String, to new: String) throws(ArchiveError) {
        (self.folder, self.old, self.new) = (folder, old, new)
        let all = try ArchiveReader(folder: folder).windows()
        windows = all.filter { $0.source == old }
        others = all.filter { $0.source == new }
    }

    /// Whether both have a window of one slot, which no archive can have of one source.
    public var isTaken: Bool {
        !Set(windows.map(\.slot)).isDisjoint(with: others.map(\.slot))
    }

    /// One that was begun in the folder and broken off; nil if there is none. Until its rest is done nothing may be added to
    /// the archive: lists have the new name, and windows the old one.
    public static func unfinished(in folder: String) throws(ArchiveError) -> ArchiveRename? {
        let mark = try ArchiveError.onDisk { () throws(FileError) in
            try WholeFile.readIfPresent("\(folder)/\(ArchiveLayout.renaming)")
        }
        let names = (mark ?? []).split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
        guard names.count == 2 else { return nil }
        return try ArchiveRename(of: folder, from: names[0], to: names[1])
    }

    /// A run that is killed and repeated ends as if it had not been: the records of windows come last. A mark stands in the
    /// folder meanwhile.
    public func apply(at now: Timestamp) throws(ArchiveError) {
        let mark = "\(folder)/\(ArchiveLayout.renaming)"
        try ArchiveError.onDisk { () throws(FileError) in
            try WholeFile.write(Array("\(old)\n\(new)\n".utf8), to: mark)
        }
        let log = SmallTable<ChangeRow>("\(folder)/\(ArchiveLayout.changes)")
        let logged = Set(try log.rows().filter { $0.change == .renamed }.map(\.key))
        try log.append(
            windows.filter { !logged.contains($0.key) }.map { ChangeRow(.renamed, $0, at: now) }
                + others.filter { !logged.contains(WindowKey(slot: $0.slot, source: old)) }
                .map { ChangeRow(.merged, $0, at: now) })
        let layouts = [
            ArchiveLayout.links, ArchiveLayout.related, ArchiveLayout.tail,
            ArchiveLayout.trending, ArchiveLayout.top,
        ]
        for date in Set(windows.map(\.slot.date)).sorted() {
            for layout in layouts { try rename(in: layout(date), column: 1) }
        }
        try rename(in: ArchiveLayout.failed, column: 1)
        try rename(in: ArchiveLayout.rules, column: 2)
        let years = Set(windows.map(\.slot.date.year)).sorted()
        // What is set aside for a slot may be of the year after the last window.
        for year in Set(years + years.map { $0 + 1 }).sorted() {
            try rename(in: ArchiveLayout.spending(year: year), column: 1)
        }
        for year in years { try rename(in: ArchiveLayout.windows(year: year), column: 1) }
        try ArchiveError.onDisk { () throws(FileError) in try FilePlace.remove(mark) }
    }

    private func rename(in name: String, column: Int) throws(ArchiveError) {
        let path = "\(folder)/\(name)"
        guard let file = try ArchiveFile(path) else { return }
        let (from, to) = (Self.cell(old), Self.cell(new))
        var decoder = CSVDecoder(file.bytes)
        var bytes: [UInt8] = []
        while let record = decoder.next() {
            // All but this cell stays byte for byte. Those before it hold no comma.
            let line = file.bytes[record.range]
            let cells = line.split(
                separator: UInt8(ascii: ","), maxSplits: column + 1,
                omittingEmptySubsequences: false)
            guard cells.count > column + 1, Array(cells[column]) == from else {
                bytes += line
                continue
            }
            bytes += line[..<cells[column].startIndex] + to + line[cells[column].endIndex...]
        }
        guard bytes != file.bytes else { return }
        try ArchiveError.onDisk { () throws(FileError) in try WholeFile.write(bytes, to: path) }
    }

    private static func cell(_ text: String) -> [UInt8] {
        var encoder = CSVEncoder()
        encoder.text(text)
        return encoder.bytes
    }
}
