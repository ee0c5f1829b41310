import Support
import Testing

@testable import Hashtags

@Suite("TagPattern")
struct TagPatternTests {
    @Test(
        "matches",
        arguments: [
            ("tide", "tide"), ("#Tide", "tide"), ("＃ＴＩＤＥ", "tide"), ("Straße", "strasse"),
            ("low tide", "lowtide"),
            ("tide*", "tide"), ("tide*", "tidepool"), ("*pool", "tidepool"), ("*", "anything"),
            ("*", "潮"), ("**", "a"),
            ("t*e", "tide"), ("t*e", "te"), ("*d*", "tide"), ("*i*e*", "tide"),
            ("a*b*c", "axxbxxc"), ("a*a", "aa"),
            ("*ab*ab*", "abab"), ("潮*", "潮位"), ("*a*b", "ab"), ("x*ab", "xaab"),
            ("Café", "cafe\u{301}"),
        ])
    func matches(pattern: String, tag: String) throws {
        #expect(TagPattern(pattern).matches(try Hashtag(delivered: tag).key))
    }

    @Test(
        "does not match",
        arguments: [
            ("tide", "tides"), ("tide", "lowtide"), ("tide*", "lowtide"), ("*pool", "pools"),
            ("t*e", "tides"), ("a*a", "a"),
            ("*ab*ab*", "aba"), ("", "a"), ("#", "a"), ("a*b*c", "acb"), ("ab*bc", "abc"),
            ("tide?", "tides"), ("t.de", "tide"),
        ])
    func differs(pattern: String, tag: String) throws {
        #expect(!TagPattern(pattern).matches(try Hashtag(delivered: tag).key))
    }

    @Test("answers soon, whatever the pattern")
    func noBacktracking() {
        let pattern = TagPattern(String(repeating: "a*", count: 40) + "b")
        let key = String(repeating: "a", count: 100)
        var matches = true
        #expect(processorTime { matches = pattern.matches(key) } < .seconds(1))
        #expect(!matches)
    }
}
