import Calendar
import Files
import FoundationEssentials
import Glibc

/// Reads an archive, a file at a time. A torn last line is as if it had not been written, but for a window's that
/// lacks its line feed alone.
public struct ArchiveReader: Sendable {
    public let folder: String

    public init(folder: String) { self.folder = folder }

    /// The years that have a windows file, in order; empty if there is no archive.
    public func years() throws(ArchiveError) -> [Int] {
        let entries = try ArchiveError.onDisk { () throws(FileError) in
            try Folder.entries(of: folder + "/windows") ?? []
        }
        var years: Set<Int> = []
        for entry in entries {
            let name = entry.name.lowercased()
            guard let year = ArchiveLayout.year(ofWindows: name) else { continue }
            if name != entry.name { try check(entry.name, as: name, in: folder + "/windows") }
            years.insert(year)
        }
        return years.sorted()
    }

    /// Throws if something in the archive's own folder has a name that is read, but for capitals: the file system of another
    /// machine may have given it. Of a folder that may be used and not listed, nobody knows.
    private func checkNames() throws(ArchiveError) {
        let entries: [FolderEntry]
        do throws(FileError) {
            entries = try Folder.entries(of: folder) ?? []
        } catch {
            if error.cause == .system(EACCES) { return }
            throw .file(error)
        }
        for entry in entries where !ArchiveLayout.names.contains(entry.name) {
            let name = entry.name.lowercased()
            if ArchiveLayout.names.contains(name) { try check(entry.name, as: name, in: folder) }
        }
    }

    /// Throws unless the right name leads to the same, as it does where the file system makes nothing of capitals.
    private func check(
        _ name: String, as right: String, in folder: String
    ) throws(ArchiveError) {
        let (found, read) = try ArchiveError.onDisk { () throws(FileError) in
            (try FileStatus(of: "\(folder)/\(name)"), try FileStatus(of: "\(folder)/\(right)"))
        }
        if let read, read.inode == found?.inode { return }
        throw .misspelled(file: "\(folder)/\(name)", name: right, isSecond: read != nil)
    }

    /// The windows of one year by slot, then source, whatever the order they were archived in.
    public func windows(year: Int) throws(ArchiveError) -> [WindowRow] {
        (try ArchiveFile.windows(year: year, in: folder)?.rows(of: WindowRow.self) ?? [])
            .sorted { ($0.slot, $0.source) < ($1.slot, $1.source) }
    }

    /// The windows of all years by slot, then source.
    public func windows() throws(ArchiveError) -> [WindowRow] {
        var all: [WindowRow] = []
        for year in try years() { all += try windows(year: year) }
        return all
    }

    /// The published lists of one day in the order they were archived in.
    ///
    /// Rows whose slot and source have no window row are leftovers of a killed run: ignore them.
    public func top(_ date: CivilDate) throws(ArchiveError) -> [TopRow] {
        try rows(of: TopRow.self, in: ArchiveLayout.top(date))
    }

    /// The trending lists of one day in the order they were archived in; leftovers as in `top`.
    public func trending(_ date: CivilDate) throws(ArchiveError) -> [TopRow] {
        try rows(of: TopRow.self, in: ArchiveLayout.trending(date))
    }

    /// The tails of one day in the order they were archived in; leftovers as in `top`.
    public func tail(_ date: CivilDate) throws(ArchiveError) -> [TailRow] {
        try rows(of: TailRow.self, in: ArchiveLayout.tail(date))
    }

    /// What was written together with the listed hashtags of one day, in the order it was archived in;
    /// leftovers as in `top`.
    public func related(_ date: CivilDate) throws(ArchiveError) -> [RelatedRow] {
        try rows(of: RelatedRow.self, in: ArchiveLayout.related(date))
    }

    /// The addresses given with the listed hashtags of one day, in the order they were archived in; leftovers as
    /// in `top`.
    public func links(_ date: CivilDate) throws(ArchiveError) -> [LinkRow] {
        try rows(of: LinkRow.self, in: ArchiveLayout.links(date))
    }

    /// The windows that were taken back or merged, in the order in which that was done.
    public func changes() throws(ArchiveError) -> [ChangeRow] {
        try rows(of: ChangeRow.self, in: ArchiveLayout.changes)
    }

    /// What held of its windows when.
    public func rules() throws(ArchiveError) -> ArchiveRules {
        try checkNames()
        return ArchiveRules(rows: try rows(of: RulesRow.self, in: ArchiveLayout.rules))
    }

    /// The lines of a file, one by one; nil if there is no such file, or nothing in it.
    public func lines<Row: ArchiveRow>(
        of type: Row.Type, in file: String
    ) throws(ArchiveError) -> RowReader<Row>? {
        try ArchiveFile(folder + "/" + file).flatMap { (file) throws(ArchiveError) in
            try RowReader(file)
        }
    }

    /// Those of the windows of a year, in the order they were archived in.
    public func windowLines(year: Int) throws(ArchiveError) -> RowReader<WindowRow>? {
        try ArchiveFile.windows(year: year, in: folder).flatMap { (file) throws(ArchiveError) in
            try RowReader(file)
        }
    }

    /// Rows that no file has, as if one had them.
    public func lines<Row: ArchiveRow>(
        of rows: [Row], in file: String
    ) throws(ArchiveError) -> RowReader<Row>? {
        try RowReader(ArchiveFile(whole: SmallTable.bytes(of: rows), path: folder + "/" + file))
    }

    /// What is shown nowhere any more.
    public func withdrawals() throws(ArchiveError) -> Withdrawals {
        try checkNames()
        let path = folder + "/" + ArchiveLayout.withdrawn
        let bytes = try ArchiveError.onDisk { () throws(FileError) in
            try WholeFile.readIfPresent(path)
        }
        return try Withdrawals(bytes ?? [], path: path)
    }

    private func rows<Row: ArchiveRow>(
        of type: Row.Type, in file: String
    ) throws(ArchiveError) -> [Row] {
        try ArchiveFile(folder + "/" + file)?.rows(of: type) ?? []
    }
}
