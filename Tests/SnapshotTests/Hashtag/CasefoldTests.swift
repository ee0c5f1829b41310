import Testing

@testable import Snapshot

@Suite("Casefold")
struct CasefoldTests {
    @Test("folds ASCII as ICU would")
    func ascii() {
        for value in UInt8(0)..<0x80 {
            let text = String(Unicode.Scalar(value))
            // The second scalar takes the text off the short way.
            let folded = Casefold.nfkc(Substring(text + "é"))
            #expect(bytes(Casefold.nfkc(Substring(text)) + "é") == bytes(folded))
        }
    }

    @Test("folds every scalar without a failure, and the folded again to itself")
    func everyScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value),
                scalar.properties.generalCategory != .unassigned,
                value % 7 == 0 || value < 0x3000 || (0xF900..<0x10000).contains(value)
            else { continue }
            let folded = Casefold.nfkc(Substring(String(scalar)))
            if folded.isEmpty {
                #expect(
                    scalar.properties.isDefaultIgnorableCodePoint, "U+\(String(value, radix: 16))")
            } else if !Casefold.nfkc(Substring(folded)).utf8.elementsEqual(folded.utf8) {
                Issue.record("U+\(String(value, radix: 16)) folds to \(folded), which folds on")
            }
        }
    }

    @Test("has room for the scalar that grows most", arguments: [1, 50, 300])
    func growth(count: Int) {
        let folded = Casefold.nfkc(Substring(String(repeating: "\u{FDFA}", count: count)))
        #expect(folded.unicodeScalars.count == 18 * count)
    }

    @Test("folds nothing to nothing")
    func empty() {
        #expect(Casefold.nfkc("") == "")
        #expect(Casefold.nfkc("\u{200B}") == "")
    }
}
