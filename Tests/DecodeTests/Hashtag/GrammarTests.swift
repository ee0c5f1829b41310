import Support
import Testing

@testable import Decode

/// Cases of our own, from the platforms' rules as PLATFORMS 1.5, 2.6 and 3.8 of the design notes give
/// them.
@Suite("Grammar")
struct GrammarTests {
    @Test(
        "finds hashtags as Twitter does",
        arguments: [
            ("", []), ("no tag", []), ("#tide", ["tide"]), ("＃tide", ["tide"]),
            ("low #tide now", ["tide"]),
            ("#a #b", ["a", "b"]), ("#a#b", []), ("#a ＃b", ["a", "b"]), ("(#tide)", ["tide"]),
            ("#tide.", ["tide"]),
            ("#tide-pool", ["tide"]), ("#tide_pool", ["tide_pool"]), ("#_tide", ["_tide"]),
            ("#it's", ["it"]),
            ("#1st", ["1st"]), ("#16", []), ("#0", []), ("#१२३४", []), ("#_", []), ("#", []),
            ("# tide", []),
            ("a#tide", []), ("1#tide", []), ("é#tide", []), ("_#tide", []), ("&#tide", []),
            ("&amp;#tide", ["tide"]),
            ("潮#tide", []), ("潮 #満潮。", ["満潮"]), ("#満潮、#干潮", ["満潮", "干潮"]), ("#カタカナ・点", ["カタカナ・点"]),
            ("🌊#tide", ["tide"]), ("#🌊", []), ("#tide🌊", ["tide"]), ("❤\u{FE0F}#tide", ["tide"]),
            ("#\u{FE0F}\u{20E3}", []), ("#\u{20E3}", []), ("#a\u{FE0F}b", ["a\u{FE0F}b"]),
            ("#می\u{200C}روم", ["می\u{200C}روم"]), ("#สวัสดี", ["สวัสดี"]),
            ("#Cafe\u{301}", ["Cafe\u{301}"]),
            ("#שב״כ", ["שב״כ"]), ("#a·b", ["a·b"]),
            ("#tide://x", []), ("http://example.com/#tide", []),
            ("http://example.com/a#tide b #kelp", ["kelp"]),
            ("https://example.com/?q=#tide", []), ("http://example.com #tide", ["tide"]),
            ("see:#tide", ["tide"]),
            ("/#tide", ["tide"]), ("#tide/pool", ["tide"]), ("@ann#tide", []),
            ("@ann #tide", ["tide"]),
            ("\n#tide\r\n#kelp\t#wrack", ["tide", "kelp", "wrack"]), ("\u{3000}#tide", ["tide"]),
            // Addresses without a scheme, as `validUrl` finds them: with a known domain and a path.
            ("see twitter.com/#tide now", []), ("bit.ly/#tide", []), ("a.com/?q=#tide", []),
            ("a.com?q=#tide", ["tide"]), ("http://a.com?q=#tide", []),
            ("a.notadomain/#tide", ["tide"]),
            ("x/#tide", ["tide"]), ("http://#tide", ["tide"]),
            ("xhttp://example.com/#tide", ["tide"]),
            ("@a.com/#tide", ["tide"]), ("(a.com/#tide)", []), ("a.com:80/#tide", []),
            ("a_b.com/#tide", ["tide"]), ("a_b.c-d.com/#tide", []), ("A.COM/#tide", []),
            ("-a.com/#tide", ["tide"]), ("例え.a.com/#tide", []), ("例え.jp/#tide", ["tide"]),
            ("http://例え.jp/#tide", []), ("例え.中国/#tide", ["tide"]), ("http://例え.中国/#tide", []),
            ("a.com/(#tide", ["tide"]), ("a.com/(b)#tide", []), ("a.com/(b(c))/#tide", []),
            ("a.com/!#tide", []), ("a.com/é#tide", []), ("a.com/潮/#tide", ["tide"]),
            ("http://t.co/abc/#tide", ["tide"]), ("http://t.co/abc?d=#tide", []),
            ("http://t.co/#tide", []), ("t.co/abc/#tide", []),
            // Of a tag and an address that overlap the first holds.
            ("#潮a.com/#tide", ["潮a", "tide"]), ("a.com/#潮b.com/#tide", []),
            ("🌊-a.com/#tide", []), (String(repeating: "潮", count: 70) + ".a.com/#tide", ["tide"]),
            ("http://" + String(repeating: "潮", count: 15) + ".com/#tide", []),
            ("a.com/" + String(repeating: "x", count: 4076) + "/#tide", []),
            ("a.com/" + String(repeating: "x", count: 4090) + "/#tide", ["tide"]),
            ("#tide#", []), ("##tide", ["tide"]), ("#a##b", ["b"]), ("#\u{0}tide", []),
            ("#ti\u{0}de", ["ti"]),
        ] as [(String, [String])])
    func twitter(text: String, tags: [String]) {
        #expect(Grammar.twitter.hashtags(in: text).map(bytes) == tags.map(bytes))
    }

    @Test(
        "finds hashtags as Mastodon does",
        arguments: [
            ("", []), ("#tide", ["tide"]), ("＃tide", ["tide"]), ("low #tide", ["tide"]),
            ("a#tide", []), ("(#tide)", []),
            // Letters are what is Alphabetic, numbers and symbols among it.
            ("#二〇二六年", ["二〇二六年"]), ("#RockyⅣ", ["RockyⅣ"]), ("#ⓐⓑ", ["ⓐⓑ"]), ("#Ⅳ", ["Ⅳ"]),
            ("#1ⓐ", ["1ⓐ"]), ("#②", []), ("#½", []), ("#a②", ["a"]), ("#a\u{20DD}", ["a\u{20DD}"]),
            ("#\u{5B0}1", ["\u{5B0}1"]), ("#\u{301}1", []), ("#a\u{200D}b", ["a"]),
            ("#a‿b", ["a‿b"]),
            ("#a#b", ["a"]), ("#tide_pool", ["tide_pool"]), ("#tide·pool", ["tide·pool"]),
            ("#tide・pool", ["tide・pool"]),
            ("#tide-pool", ["tide"]), ("#tide_", ["tide_"]), ("#tidehttps://example.com", ["tide"]),
            ("#https://x", ["https"]), ("#tide·", ["tide"]), ("#·tide", []),
            ("#123", []), ("#1a", ["1a"]), ("#1_2", ["1_2"]), ("#1·2", ["1·2"]), ("#", []),
            ("# tide", []),
            ("#می\u{200C}روم", ["می\u{200C}روم"]), ("#満潮", ["満潮"]), ("#満潮。", ["満潮"]), ("#🌊", []),
            ("x\n#tide\u{3000}#kelp", ["tide", "kelp"]), ("https://example.com/#tide", []),
        ] as [(String, [String])])
    func mastodon(text: String, tags: [String]) {
        #expect(Grammar.mastodon.hashtags(in: text).map(bytes) == tags.map(bytes))
    }

    @Test(
        "finds hashtags and cashtags as Bluesky does",
        arguments: [
            ("", []), ("#tide", ["tide"]), ("＃tide", ["tide"]), ("low #tide", ["tide"]),
            ("a#tide", []), ("(#tide)", []),
            ("#tide!", ["tide"]), ("#tide!?.", ["tide"]), ("#ti!de", ["ti!de"]), ("#a#b", ["a#b"]),
            ("##a", ["#a"]),
            ("#123", []), ("#1a", ["1a"]), ("#!?", []), ("#🌊", ["🌊"]), ("#\u{FE0F}\u{20E3}", []),
            ("#", []),
            ("#ti\u{200B}de", ["ti"]), ("#ti\u{AD}de", ["ti"]), ("#満潮。", ["満潮"]),
            ("#tide-pool", ["tide-pool"]),
            ("x\n#tide\u{3000}#kelp", ["tide", "kelp"]), ("https://example.com/#tide", []),
            ("#" + String(repeating: "x", count: 64), [String(repeating: "x", count: 64)]),
            ("#" + String(repeating: "x", count: 65), []),
            (
                "#" + String(repeating: "e\u{301}", count: 64),
                [String(repeating: "e\u{301}", count: 64)]
            ),
            ("$tide", ["$TIDE"]), ("$TIDE1 x", ["$TIDE1"]), ("$toolong", []), ("$1", []),
            ("$A.", ["$A"]),
            ("($A)", ["$A"]), ("x$A", []), ("$A$B", []), ("#$a", ["$a"]),
        ] as [(String, [String])])
    func bluesky(text: String, tags: [String]) {
        #expect(Grammar.bluesky.hashtags(in: text).map(bytes) == tags.map(bytes))
    }

    @Test("finds what is written, in order, in any text at all", arguments: Grammar.allCases)
    func anyText(grammar: Grammar) throws {
        var random = SeededRandom(12)
        let alphabet =
            Array("##＃＃  a1_é\u{301}\u{FE0F}\u{200C}·・$.:/&潮🌊\n\u{0}h".unicodeScalars)
            + Array("https://".unicodeScalars)
        for _ in 0..<3000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...24, using: &random) {
                text.append(try #require(alphabet.randomElement(using: &random)))
            }
            var rest = Array(String(text).utf8)[...]
            for tag in grammar.hashtags(in: String(text)) where tag.utf8.first != UInt8(ascii: "$")
            {
                #expect(!tag.isEmpty)
                let found = rest.indices.first { rest[$0...].starts(with: tag.utf8) }
                rest = rest[(try #require(found) + tag.utf8.count)...]
            }
        }
    }

    @Test("takes time in proportion to the text", arguments: Grammar.allCases)
    func longText(grammar: Grammar) {
        for unit in [
            "#", "#a", "http://", "# ", "#a://", "$", "a", "a.", "潮.", "a.com/", "潮", "#a.com/(",
            "xn--",
            "#a.com/?", "é.com", "a.com", "a_.com", "http://a.b/",
        ] {
            let text = "#" + String(repeating: unit, count: 100_000 / unit.utf8.count)
            let took = processorTime { _ = grammar.hashtags(in: text) }
            #expect(took < .seconds(4), "\(unit)")
        }
    }
}
