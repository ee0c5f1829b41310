import Folding
import Foundation
import Support
import Testing

/// Against the Unicode Character Database, where the distribution's package unicode-data is installed
/// in the version of our tables.
@Suite("Composition")
struct CompositionTests {
    private static let folder = "/usr/share/unicode"

    static let hasData =
        (try? String(contentsOfFile: folder + "/DerivedNormalizationProps.txt", encoding: .utf8))?
        .hasPrefix("# DerivedNormalizationProps-\(UnicodeTables.version).txt") ?? false

    @Test(
        "composes as NormalizationTest.txt says",
        .enabled(if: hasData, "unicode-data \(UnicodeTables.version) is not installed"))
    func published() async throws {
        let text = try await ProgramRun.program(
            "/usr/bin/python3",
            [
                "-c", "import bz2, sys; sys.stdout.buffer.write(bz2.open(sys.argv[1]).read())",
                Self.folder + "/NormalizationTest.txt.bz2",
            ], in: "/"
        ).output
        var count = 0
        for line in text.split(separator: "\n") where line.first.map(\.isHexDigit) == true {
            let columns = line.split(separator: ";").prefix(5).map(scalars)
            try #require(columns.count == 5)
            count += 1
            for (column, expected) in [(0, 1), (1, 1), (2, 1), (3, 3), (4, 3)] {
                let composed = Array(Composition.nfc(string(columns[column])).unicodeScalars)
                if composed != columns[expected] { Issue.record("\(line)") }
            }
            // Two texts that are one in compatibility fold to one, but for the iota that is folded before
            // marks get their order.
            if columns[0].contains("\u{345}") { continue }
            let folded = columns.map { bytes(Casefold.nfkc(Substring(string($0)))) }
            if Set(folded).count > 1 { Issue.record("\(line)") }
        }
        #expect(count > 18_000)
    }

    @Test(
        "has the tables that Scripts/unicode makes",
        .enabled(if: hasData, "unicode-data \(UnicodeTables.version) is not installed"))
    func tables() async throws {
        let made = try await ProgramRun.program(
            "/usr/bin/python3", ["Scripts/unicode"], in: Repository.folder)
        let source = Repository.folder + "/Sources/Folding/UnicodeData.swift"
        #expect(made.output == (try String(contentsOfFile: source, encoding: .utf8)))
    }

    @Test("leaves composed text alone, and the same to a reader")
    func random() throws {
        var random = SeededRandom(5)
        let ranges: [ClosedRange<UInt32>] = [
            0x41...0x5A, 0xC0...0x24F, 0x300...0x345, 0x900...0x97F, 0x1100...0x11FF,
            0x3040...0x30FF, 0xAC00...0xAC40, 0xDC0...0xDDF, 0x1F00...0x1FFF,
        ]
        for _ in 0..<5000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let range = try #require(ranges.randomElement(using: &random))
                text.append(
                    try #require(Unicode.Scalar(UInt32.random(in: range, using: &random))))
            }
            let composed = Composition.nfc(String(text))
            #expect(
                bytes(composed.decomposedStringWithCanonicalMapping)
                    == bytes(String(text).decomposedStringWithCanonicalMapping))
            #expect(bytes(Composition.nfc(composed)) == bytes(composed))
        }
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func scalars(_ column: Substring) -> [Unicode.Scalar] {
        column.split(separator: " ").compactMap { UInt32($0, radix: 16) }
            .compactMap(Unicode.Scalar.init)
    }

    private func string(_ scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
