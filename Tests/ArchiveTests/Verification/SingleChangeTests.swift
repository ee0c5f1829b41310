import Foundation
import Support
import Testing

@testable import Archive

/// What `verify` promises of single changes: each is found, but for what nothing else in the archive
/// tells of.
@Suite("a single change of an archive")
struct SingleChangeTests {
    /// What is recorded in one place alone. A change of it is found only where it breaks a rule.
    private static let toldOnce: [String: Set<String>] = [
        "windows": [
            "start", "end", "status", "posts", "tagged", "tags", "duplicates", "reconnects",
            "version", "held", "reasons", "note",
        ],
        // Of a spelling, its key is told elsewhere; which of its capitals were typed most is not.
        "top": ["spelling"],
        "trending": ["spelling"],
        "tail": [],
    ]

    @Test("of a cell is found in every column that follows from others", arguments: 0..<8)
    func anywhere(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder, sources: ["wire", "pool"], tellsRows: true)
            var random = SeededRandom(seed)
            let files = try archive.archive.files().keys.sorted()
            for _ in 0..<60 {
                let file = try #require(files.randomElement(using: &random))
                let told = try #require(Self.toldOnce[String(file.prefix { $0 != "/" })])
                let text = try archive.archive.text(file)
                var lines = text.components(separatedBy: "\n").map {
                    $0.components(separatedBy: ",")
                }
                let columns = lines[0].indices.filter { !told.contains(lines[0][$0]) }
                guard lines.count > 2, let column = columns.randomElement(using: &random) else {
                    continue
                }
                let line = Int.random(in: 1..<lines.count - 1, using: &random)
                let before = lines[line][column]
                lines[line][column] = changed(
                    before, like: lines.map { $0[min(column, $0.count - 1)] }, &random)
                guard lines[line][column] != before, !isToldOnce(lines[0][column], of: lines[line])
                else { continue }
                try archive.archive.write(
                    lines.map { $0.joined(separator: ",") }.joined(separator: "\n"), to: file)
                #expect(
                    isFound(in: archive),
                    "\(file):\(line + 1), \(lines[0][column]): \(before) to \(lines[line][column])")
                try archive.archive.write(text, to: file)
            }
            #expect(!isFound(in: archive))
        }
    }

    @Test("of a line, lost, doubled or moved, is found")
    func lines() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder, sources: ["wire", "pool"], tellsRows: true)
            for (file, text) in try archive.archive.files() {
                let lines = text.components(separatedBy: "\n")
                let isWindows = file.hasPrefix("windows")
                for line in 1..<lines.count - 1 {
                    var changes = [lines[..<line] + lines[line...].dropFirst()]
                    // A run that was killed before it wrote the last windows leaves the same.
                    if isWindows && line >= lines.count - 3 { changes = [] }
                    changes.append(lines[...line] + lines[line...])
                    // Windows may be archived in any order, and their lists with them.
                    let window = lines[line].prefix(26)
                    if !isWindows && lines[line + 1].hasPrefix(window) {
                        var moved = lines[...]
                        moved.swapAt(line, line + 1)
                        changes.append(moved)
                    }
                    for change in changes {
                        try archive.archive.write(change.joined(separator: "\n"), to: file)
                        #expect(isFound(in: archive), "\(file):\(line + 1)")
                    }
                }
                try archive.archive.write(text, to: file)
            }
            #expect(!isFound(in: archive))
        }
    }

    @Test("of the end of a windows file is found, if more is gone than a killed run leaves")
    func cutOff() async throws {
        try await withTemporaryFolder { folder in
            let archive = try VerifiedArchive(folder, sources: ["wire", "pool"], tellsRows: true)
            let file = "windows/2026.csv"
            let text = try archive.archive.text(file)
            let lines = text.components(separatedBy: "\n")
            for count in 1..<lines.count - 1 {
                let rest = lines.dropLast(count + 1).joined(separator: "\n") + "\n"
                try archive.archive.write(rest, to: file)
                // The last window of each of two sources.
                #expect(isFound(in: archive) == (count > 2), "\(count) lines")
            }
        }
    }

    /// No tail has a tag of one account: its posts stand in the top alone.
    private func isToldOnce(_ column: String, of cells: [String]) -> Bool {
        column == "posts" && cells.contains("solo")
    }

    private func isFound(in archive: VerifiedArchive) -> Bool {
        var isFound = false
        _ = archive.verification().run { isFound = isFound || !$0.check.isHarmless }
        return isFound
    }

    /// Another digit, a character more or less, another line's cell, or none.
    private func changed(
        _ cell: String, like column: [String], _ random: inout SeededRandom
    ) -> String {
        var bytes = Array(cell.utf8)
        let place = Int.random(in: 0...bytes.count, using: &random)
        let digit = Array("0123456789".utf8).randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return column.randomElement(using: &random) ?? ""
        case 1: return ""
        case 2: bytes.insert(digit, at: place)
        case 3:
            bytes.insert(Array("a -.\u{0}\r\"".utf8).randomElement(using: &random) ?? 0, at: place)
        case 4 where place < bytes.count: bytes.remove(at: place)
        default:
            guard place < bytes.count else { break }
            bytes[place] = digit
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
