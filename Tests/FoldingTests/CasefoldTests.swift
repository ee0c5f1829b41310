import Folding
import Support
import Testing

@Suite("Casefold")
struct CasefoldTests {
    @Test("folds ASCII the short way as the long one")
    func ascii() {
        for value in UInt8(0)..<0x80 {
            let text = String(Unicode.Scalar(value))
            // The second scalar takes the text off the short way.
            let folded = Casefold.nfkc(Substring(text + "é"))
            #expect(scalars(Casefold.nfkc(Substring(text)) + "é") == scalars(folded))
        }
    }

    @Test("folds every scalar, and the folded again to itself")
    func everyScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value),
                value % 7 == 0 || value < 0x3000 || (0xF900..<0x10000).contains(value)
            else { continue }
            let folded = Casefold.nfkc(Substring(String(scalar)))
            if folded.isEmpty {
                #expect(scalar.isDefaultIgnorable, "U+\(String(value, radix: 16))")
            } else if !Casefold.nfkc(Substring(folded)).utf8.elementsEqual(folded.utf8) {
                Issue.record("U+\(String(value, radix: 16)) folds to \(folded), which folds on")
            }
        }
    }

    @Test(
        "folds, composes and leaves out",
        arguments: [
            ("", ""), ("\u{200B}", ""), ("\u{E0001}", ""), ("Straße", "strasse"), ("Σς", "σσ"),
            ("Cafe\u{301}", "caf\u{E9}"), ("a\u{307}\u{323}", "\u{1EA1}\u{307}"),
            // Folded scalars meet the marks behind them, and a mark out of order its letter.
            ("A\u{300}", "\u{E0}"), ("\u{1E9E}\u{301}", "s\u{15B}"),
            ("É\u{323}", "\u{1EB9}\u{301}"),
            ("\u{345}\u{3B1}", "ια"), ("\u{1100}\u{1161}\u{11A8}", "각"), ("\u{AC00}\u{11A8}", "각"),
            // A syllable with its last letter takes no other; T alone begins none.
            ("각\u{11A8}", "각\u{11A8}"), ("가\u{11A7}", "가\u{11A7}"),
            ("\u{958}", "\u{915}\u{93C}"), ("\u{F73}", "\u{F71}\u{F72}"), ("\u{2126}", "ω"),
            ("\u{FDFA}", "صلى الله عليه وسلم"), ("\u{1D15E}", "\u{1D157}\u{1D165}"),
        ])
    func folds(text: String, folded: String) {
        #expect(scalars(Casefold.nfkc(Substring(text))) == scalars(folded))
    }

    @Test(
        "takes time in proportion to the text",
        arguments: ["\u{301}\u{323}", "\u{1100}", "e\u{301}"])
    func long(unit: String) {
        let text = String(repeating: unit, count: 50_000)
        let took = processorTime { _ = Casefold.nfkc(Substring(text)) }
        #expect(took < .seconds(4))
    }

    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
}
