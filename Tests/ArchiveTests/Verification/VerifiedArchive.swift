import Calendar
import Foundation
import Testing

@testable import Archive

/// An archive with five days of one source, `wire`, its scores computed as a run computes them.
///
/// On the fifth day `foam` trends. `solo`, with one account, is listed and in no tail.
struct VerifiedArchive {
    let archive: ArchiveFixture
    /// Whether windows tell how many rows their lists have.
    var tellsRows = false
    var folder: String { archive.folder }

    static let counts: [(tag: String, posts: Int, accounts: Int)] = [
        ("kelp", 40, 30), ("tide", 20, 12), ("foam", 8, 6), ("solo", 1, 1),
    ]

    init(
        _ folder: String, days: ClosedRange<Int> = 18...22, sources: [String] = ["wire"],
        tellsRows: Bool = false
    ) throws {
        archive = ArchiveFixture(folder: folder)
        self.tellsRows = tellsRows
        for day in days {
            for source in sources {
                try append(
                    day, foam: day == days.upperBound && days.count > 3 ? 25 : 6, source: source)
            }
        }
    }

    init(empty folder: String) { archive = ArchiveFixture(folder: folder) }

    /// Archives the window of that day of November 2026, at six o'clock.
    func append(
        _ day: Int, foam: Int, date text: String? = nil, source: String = "wire",
        replacing: Bool = false
    ) throws {
        let date = try #require(CivilDate(text ?? "2026-11-\(day)"))
        let slot = try #require(
            Schedule.everySixHours.slot(startingAt: Timestamp(date, secondOfDay: 6 * 3600)))
        let baseline = try Baseline(
            of: slot, source: source, in: archive.reader, windows: archive.reader.windows())
        let tags = Self.counts.map { $0.tag == "foam" ? ($0.tag, foam + 2, foam) : $0 }
            .sorted { $0.2 > $1.2 }
        let tail = tags.filter { $0.2 > 1 }.map {
            TailRow(slot: slot.start, source: source, tag: $0.0, posts: $0.1, accounts: $0.2)
        }
        func list(_ rows: [(String, Int, Int)]) -> [TopRow] {
            rows.enumerated().map { index, row in
                let score = Score(of: row.0, accounts: row.2, total: 100, by: baseline)
                return TopRow(
                    slot: slot.start, source: source, rank: index + 1, tag: row.0,
                    spelling: row.0.capitalized, posts: row.1, accounts: row.2,
                    expected: score?.expected, score: score?.value, bounds: score?.bounds)
            }
        }
        let trends = baseline.trends(in: tail, total: 100).map { trend in
            let row = tail[trend.index]
            return (row.tag, row.posts, row.accounts)
        }
        let window = WindowRow(
            slot: slot.start, source: source, start: slot.start, end: slot.start + 3000,
            status: .complete, coverage: 1, posts: 150, tagged: 90, accounts: 100, tags: 4,
            duplicates: 3, dropped: 2, reconnects: 1, version: "1.0.0", held: 0,
            reasons: DropReasons(["deleted": 2]), note: "",
            rows: tellsRows ? tags.count + trends.count + tail.count : nil)
        try archive.writer.append(
            window, top: list(tags), trending: list(trends), tail: tail, replacing: replacing)
    }

    /// Puts `value` into a cell, by line and column from 1, leaving every other byte.
    func set(_ file: String, line: Int, column: Int, to value: String) throws {
        try change(file) { lines in
            var cells = lines[line - 1].components(separatedBy: ",")
            cells[column - 1] = value
            lines[line - 1] = cells.joined(separator: ",")
        }
    }

    func change(_ file: String, _ change: (inout [String]) throws -> Void) throws {
        var lines = try archive.text(file).components(separatedBy: "\n")
        try change(&lines)
        try archive.write(lines.joined(separator: "\n"), to: file)
    }

    /// Every finding, with paths from the archive's folder.
    func findings(since: String? = nil) throws -> [String] {
        var found: [String] = []
        _ = verification(since: since).run { found.append("\($0.check.rawValue) \($0)") }
        return found.map { $0.replacingOccurrences(of: folder + "/", with: "") }
    }

    func verification(since: String? = nil) -> ArchiveVerification {
        ArchiveVerification(
            folder: folder, now: Timestamp("2026-11-22T12:00:00Z") ?? .init(secondsSinceEpoch: 0),
            since: since.flatMap { CivilDate($0) })
    }
}
