import Folding
import Support
import Testing

@testable import Hashtags

@Suite("Hashtag")
struct HashtagTests {
    private static let england = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"
    private static let wales = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}"

    private static func x(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test(
        "folds what is delivered into a key, and keeps the spelling",
        arguments: [
            ("Tide", "tide", "Tide"), ("#Tide", "tide", "Tide"), ("＃Tide", "tide", "Tide"),
            ("＃＃a", "a", "a"), ("#＃#a", "a", "a"), ("a.b!", "a.b!", "a.b!"),
            // Sharp s folds to two letters, small and capital.
            ("Straße", "strasse", "Straße"), ("STRAẞE", "strasse", "STRAẞE"),
            // Final sigma and the others are one letter.
            ("ΟΔΟΣ", "οδοσ", "ΟΔΟΣ"), ("οδος", "οδοσ", "οδος"),
            // Turkish: dotted capital folds to i and a dot above, dotless stays itself.
            ("İstanbul", "i\u{307}stanbul", "İstanbul"), ("ISPARTA", "isparta", "ISPARTA"),
            ("ısparta", "ısparta", "ısparta"),
            // Width, ligatures, circles.
            ("ＴＩＤＥ１", "tide1", "ＴＩＤＥ１"), ("ﬁsh", "fish", "ﬁsh"), ("ｶﾞ", "ガ", "ｶﾞ"), ("Ⅳ", "iv", "Ⅳ"),
            // Composition, whatever the order of marks of different classes.
            ("Cafe\u{301}", "café", "Cafe\u{301}"),
            ("a\u{323}\u{307}", "ạ\u{307}", "a\u{323}\u{307}"),
            ("a\u{307}\u{323}", "ạ\u{307}", "a\u{307}\u{323}"), ("각", "각", "각"),
            ("\u{1100}\u{1161}\u{11A8}", "각", "\u{1100}\u{1161}\u{11A8}"),
            // Thai sara am falls into two.
            ("น้ำ", "น\u{E49}\u{E4D}\u{E32}", "น้ำ"),
            // Its compatibility form has three spaces, which go.
            ("\u{FDFA}", "صلىاللهعليهوسلم", "\u{FDFA}"),
            // A spacing accent falls into space and mark.
            ("a´", "a\u{301}", "a´"),
            // Default-ignorables go: out of the key everywhere, out of the spelling at the ends.
            ("\u{200C}نیم\u{200C}", "نیم", "نیم"), ("می\u{200C}روم", "میروم", "می\u{200C}روم"),
            ("so\u{AD}ft", "soft", "so\u{AD}ft"), ("❤\u{FE0F}", "❤", "❤"),
            ("👩\u{200D}🚀", "👩🚀", "👩\u{200D}🚀"), ("\u{FEFF}bom", "bom", "bom"),
            // But a flag's region is no mark to be left out.
            (Self.england, Self.england, Self.england),
            ("#\u{200D}" + Self.wales + "\u{FE0F} ", Self.wales, Self.wales),
            (
                "Go" + Self.england + "É" + Self.wales, "go" + Self.england + "é" + Self.wales,
                "Go" + Self.england + "É" + Self.wales
            ),
            (Self.england + "\u{301}", Self.england + "\u{301}", Self.england + "\u{301}"),
            // A flag without a region, without an end, and a region without a flag.
            ("\u{1F3F4}\u{E007F}", "\u{1F3F4}", "\u{1F3F4}"),
            ("\u{1F3F4}\u{E0067}\u{E0062}", "\u{1F3F4}", "\u{1F3F4}"),
            ("a\u{E0067}\u{E007F}", "a", "a"),
            // So does white space.
            (" tide ", "tide", "tide"), ("low tide", "lowtide", "low tide"),
            ("\u{3000}潮\u{3000}", "潮", "潮"),
            ("\ttide\n", "tide", "tide"), ("\u{85}tide\u{85}", "tide", "tide"),
            ("# tide", "tide", "tide"),
            // Emoji and symbols count; digits beside a letter do too.
            ("🌊", "🌊", "🌊"), ("1st", "1st", "1st"), ("2026年", "2026年", "2026年"), ("+", "+", "+"),
            ("a$", "a$", "a$"), ("²a", "2a", "²a"), ("½", "1⁄2", "½"),
            (x(100), x(100), x(100)),
        ])
    func counts(delivered: String, key: String, spelling: String) throws {
        let tag = try Hashtag(delivered: delivered)
        #expect(bytes(tag.key) == bytes(key))
        #expect(bytes(tag.spelling) == bytes(spelling))
    }

    @Test(
        "drops a tag for the first reason that fits",
        arguments: [
            ("", .empty), ("#", .empty), ("＃＃#", .empty), (" ", .empty), ("#\t\n", .empty),
            ("\u{200B}\u{FE0F}", .empty), ("\u{3164}", .empty),
            (x(101), .tooLong), ("#" + x(101), .tooLong),
            // 101 scalars as delivered fold to 100, and 99 to 101.
            ("ß" + x(99), .tooLong), (x(100) + "\u{1}", .tooLong),
            (String(repeating: "1", count: 101), .tooLong), ("$" + x(100), .tooLong),
            ("a\tb", .controlOrHash), ("a\u{0}", .controlOrHash), ("\u{0}a", .controlOrHash),
            ("a\u{9F}b", .controlOrHash), ("a\nb", .controlOrHash), ("a#b", .controlOrHash),
            ("a＃b", .controlOrHash),
            ("﹟a", .controlOrHash), (" #a", .controlOrHash), ("1\t2", .controlOrHash),
            ("$a#b", .controlOrHash),
            ("1", .digits), ("2026", .digits), ("１２", .digits), ("१२३४", .digits), ("_", .digits),
            ("!?", .digits),
            ("1-2_3", .digits), ("·", .digits), ("…", .digits), ("②", .digits),
            ("$AAPL", .cashtag), ("＄aapl", .cashtag), ("$1", .cashtag), ("#$x", .cashtag),
            ("$", .cashtag),
        ] as [(String, TagDropReason)])
    func drops(delivered: String, reason: TagDropReason) {
        #expect(throws: reason) { try Hashtag(delivered: delivered) }
    }

    @Test("counts 101 scalars that fold to 100")
    func foldsBeforeMeasuring() throws {
        let tag = try Hashtag(delivered: Self.x(99) + "e\u{301}")
        #expect(tag.key.unicodeScalars.count == 100)
    }

    @Test("drops what is over 1024 bytes unseen", arguments: [1024, 1025, 5_000_000])
    func longDelivery(length: Int) {
        #expect(throws: TagDropReason.tooLong) { try Hashtag(delivered: Self.x(length)) }
    }

    @Test("gives a key that folds to itself, unless the removed white space joined something")
    func idempotent() throws {
        var random = SeededRandom(11)
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA0...0x24F, 0x300...0x3FF, 0x1100...0x11FF, 0x3040...0x30FF,
            0xAC00...0xAC40,
            0xFF01...0xFF5E, 0x1F300...0x1F5FF, 0x0E00...0x0E5B,
        ]
        var counted = 0
        for _ in 0..<5000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let range = try #require(ranges.randomElement(using: &random))
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                    text.append(scalar)
                }
            }
            let delivered = String(text)
            guard let tag = try? Hashtag(delivered: delivered),
                !text.contains(where: \.properties.isWhitespace),
                // These have white space in their compatibility forms.
                Casefold.nfkc(Substring(delivered)).unicodeScalars.allSatisfy({
                    !$0.properties.isWhitespace
                }),
                let again = try? Hashtag(delivered: tag.key)
            else { continue }
            counted += 1
            #expect(bytes(again.key) == bytes(tag.key))
        }
        #expect(counted > 2000)
    }
}
