import Folding
import Testing
import Text

@testable import SiteGen

struct SlugTests {

    @Test(arguments: [
        ("caturday", "caturday"), ("self_hosting", "self_hosting"), ("猫の日", "猫の日"),
        ("ไทย", "ไทย"), ("con", "~63on"), ("lpt1", "~6cpt1"), ("console", "console"),
        ("..", "~2e~2e"), ("index.html", "index~2ehtml"), ("a/b", "a~2fb"), ("", "~"), ("~", "~7e"),
        ("A", "~41"), ("😀", "~f0~9f~98~80"), ("a\0b", "a~00b"), ("a\u{200D}b", "a~e2~80~8db"),
        ("\u{301}x", "~cc~81x"), ("é", "é"), ("e\u{301}", "e~cc~81"),
        ("q\u{301}", "q\u{301}"), ("한", "한"),
        ("\u{1112}\u{1161}\u{11AB}", "~e1~84~92~e1~85~a1~e1~86~ab"),
        ("ı", "ı"), ("ꭰ", "~ea~ad~b0"), ("con.", "con~2e"), ("a b", "a~20b"),
    ])
    func `keeps letters and escapes the rest`(key: String, segment: String) {
        #expect(Array(Slug.segment(for: key).utf8) == Array(segment.utf8))
    }

    @Test func `keeps keys apart that look or compare alike`() {
        let keys = [
            "é", "e\u{301}", "É", "a", "а", "ａ", "~61", "~~", "a~", "ss", "ß", "con", "CON",
            "~63on",
            String(repeating: "字", count: 100), String(repeating: "字", count: 99) + "学",
            String(repeating: "😀", count: 50), String(repeating: "😀", count: 49) + "😁",
        ]
        #expect(Set(keys.map { ExactText(Slug.segment(for: $0)) }).count == keys.count)
    }

    /// As the file systems of macOS and Windows do: by canonical equivalence, and without regard to case.
    @Test func `no two keys share a folder on a file system that folds names`() {
        let keys = [
            "é", "e\u{301}", "한", "\u{1112}\u{1161}\u{11AB}", "ạ\u{307}", "a\u{323}\u{307}",
            "a\u{307}\u{323}", "Ꭰ", "ꭰ", "con", "aux", "com1", "e~cc~81", "q\u{301}", "q~cc~81",
            "ß", "ss",
            "σ", "ς", "i\u{307}", "i", "ı", "a.", "a", "a ", "ǰ", "j\u{30C}",
        ]
        func folded(_ segment: String) -> ExactText {
            ExactText(Composition.nfc(Casefold.nfkc(Substring(Composition.nfc(segment)))))
        }
        #expect(Set(keys.map { folded(Slug.segment(for: $0)) }).count == keys.count)
    }

    @Test(arguments: ["字", "😀", "a", "\0", "e\u{301}"])
    func `fits a file name however long the key`(scalar: String) {
        for count in [66, 67, 100, 400] {
            let segment = Slug.segment(for: String(repeating: scalar, count: count))
            #expect(segment.utf8.count <= Slug.longest)
            #expect(!segment.unicodeScalars.contains("\u{FFFD}"), "a scalar was cut")
        }
    }
}
