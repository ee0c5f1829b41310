import Support
import Testing

@testable import Archive

@Suite("FormulaGuard")
struct FormulaGuardTests {
    private func guarded(_ cell: [UInt8]) -> [UInt8] {
        FormulaGuard.applies(to: cell) ? [FormulaGuard.apostrophe] + cell : cell
    }

    @Test("never leaves a cell that a spreadsheet would run, and always gives back the text")
    func reversible() {
        var random = SeededRandom(4)
        let alphabet = Array("'=+-@\t\ra".utf8)
        for _ in 0..<20_000 {
            let cell = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            let written = guarded(cell)
            #expect(!"=+-@\t\r".utf8.contains(written.first ?? 0))
            #expect(Array(FormulaGuard.removed(from: written[...])) == cell)
        }
    }

    @Test("gives different texts different cells")
    func injective() {
        let texts = ["=", "'=", "''=", "'", "''", "a", "'a", ""].map(bytes)
        #expect(Set(texts.map(guarded)).count == texts.count)
    }

    @Test("leaves apostrophes alone that guard nothing")
    func foreignApostrophes() {
        #expect(Array(FormulaGuard.removed(from: bytes("'tis")[...])) == bytes("'tis"))
        #expect(Array(FormulaGuard.removed(from: bytes("'")[...])) == bytes("'"))
    }
}
