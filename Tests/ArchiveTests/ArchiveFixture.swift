import Calendar
import Foundation
import Testing

@testable import Archive

/// An archive in a folder of its test.
struct ArchiveFixture {
    let folder: String
    var writer: ArchiveWriter { ArchiveWriter(folder: folder) }
    var reader: ArchiveReader { ArchiveReader(folder: folder) }

    static let windows = "windows/2026.csv"
    static let top = "top/2026/2026-11-22.csv"
    static let tail = "tail/2026/2026-11-22.csv"

    func text(_ file: String) throws -> String {
        String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)), as: UTF8.self
        )
    }

    func write(_ text: String, to file: String) throws {
        let url = URL(fileURLWithPath: folder + "/" + file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Every file of the archive, by path.
    func files() throws -> [String: String] {
        var files: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            if path.hasSuffix(".csv") || path.hasSuffix(".new") { files[path] = try? text(path) }
        }
        return files
    }
}

/// A window with its rows, for tests: the slot of 22 November 2026 that starts at `hour`.
struct Sample {
    let window: WindowRow
    let top: [TopRow]
    let tail: [TailRow]

    init(_ source: String, hour: Int = 6, tags: [String] = ["tide", "kelp"], posts: Int = 9) throws
    {
        let date = try #require(CivilDate("2026-11-22"))
        let slot = Timestamp(date, secondOfDay: hour * 3600)
        window = WindowRow(
            slot: slot, source: source, start: slot, end: slot + 3000, status: .partial,
            coverage: 0.8333, posts: posts, tagged: 7, accounts: 6, tags: 5, duplicates: 4,
            dropped: 3, reconnects: 2, version: "1.0.0", held: 1,
            reasons: DropReasons(["deleted": 1, "language": 2]), note: "no connection, twice",
            rows: 2 * tags.count)
        top = tags.enumerated().map { index, tag in
            TopRow(
                slot: slot, source: source, rank: index + 1, tag: tag, spelling: tag.uppercased(),
                posts: 5, accounts: 4, expected: 1.25, score: -0.5, bounds: 3)
        }
        tail = tags.map {
            TailRow(slot: slot, source: source, tag: $0, posts: 5, accounts: 4)
        }
    }

    @discardableResult
    func append(to archive: ArchiveFixture, replacing: Bool = false) throws -> Sample {
        try archive.writer.append(window, top: top, tail: tail, replacing: replacing)
        return self
    }
}
