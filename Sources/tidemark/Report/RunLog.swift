import Archive
import Calendar
import Files

/// The reports of the runs that did or met something, a file a month, for a year. They stay on this machine.
struct RunLog: Sendable {
    private static let monthsKept = 12

    private let archive: String
    private var folder: String { Self.folder(of: archive) }

    static func folder(of archive: String) -> String {
        FilePlace.joined(archive, ArchiveLayout.runs)
    }

    /// - Parameter archive: the archive's folder.
    init(archive: String) { self.archive = archive }

    /// Puts a report behind the others, and removes those of a year ago.
    ///
    /// - Parameter begins: whether it is kept, too, where there is no archive yet.
    func append(_ report: RunReport, at time: Timestamp, begins: Bool) throws(FileError) {
        if !begins, try FilePlace.kind(of: archive) == nil { return }
        let path = FilePlace.joined(folder, Self.name(of: time.date))
        // A line that a killed run did not finish ends where the next begins.
        let last = try WholeFile.readIfPresent(path)?.last ?? UInt8(ascii: "\n")
        let isTorn = last != UInt8(ascii: "\n")
        try WholeFile.append((isTorn ? [UInt8(ascii: "\n")] : []) + report.line, to: path)
        let names = try months()
        for name in names.dropLast(Self.monthsKept + 1) {
            try FilePlace.remove(FilePlace.joined(folder, name))
        }
    }

    /// The latest reports, latest first, of this month and the one before.
    func latest() throws(FileError) -> [RunReport] {
        var reports: [RunReport] = []
        for name in try months().suffix(2).reversed() {
            let bytes = try WholeFile.readIfPresent(FilePlace.joined(folder, name)) ?? []
            let lines = bytes.split(separator: UInt8(ascii: "\n"))
            reports += lines.reversed().compactMap { RunReport(line: $0) }
        }
        return reports
    }

    /// `YYYY-MM.ndjson`, in order.
    private func months() throws(FileError) -> [String] {
        try (Folder.entries(of: folder) ?? []).map(\.name).filter { $0.hasSuffix(".ndjson") }
            .sorted()
    }

    private static func name(of date: CivilDate) -> String {
        "\(date.description.prefix(7)).ndjson"
    }
}
