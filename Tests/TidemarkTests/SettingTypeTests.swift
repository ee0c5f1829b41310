import Testing

@testable import tidemark

@Suite("SettingType")
struct SettingTypeTests {
    @Test(
        "a value is well formed or not",
        arguments: [
            (SettingType.text, ["a", "#tag", "né"], ["", "a\nb", "a\u{1B}[2J", "\0"]),
            (.path, ["a", "/a b/c", "../x"], ["", "a\0"]),
            (.prefix, ["", "site", "a/b/", "a.b"], ["/", "/a", "a//b", "..", "a/../b", "a/."]),
            (
                .address(schemes: ["https", "http"], anyHost: true),
                ["https://a.example", "http://a.example/trends/", "https://[::1]:8443"],
                [
                    "", "a.example", "//a", "https://", "ftp://a", "https://u@a", "https://a?b",
                    "https://a#b", "https://a b", "javascript:alert(1)",
                ]
            ),
            (
                .address(schemes: ["https", "http"], anyHost: false),
                [
                    "https://a.example", "http://127.0.0.1:9000", "http://localhost",
                    "http://[::1]:1",
                ],
                ["http://a.example", "http://127.0.0.1.example", "http://127.0.0.1@evil"]
            ),
            (
                .endpoint, ["127.0.0.1:1", "host:65535", "[::1]:80"],
                ["", "host", "host:", ":80", "host:0", "host:65536", "::1:80", "a b:1", "h:+1"]
            ),
            (
                .language, ["en", "pt-BR", "zh-Hant-TW", "tok"],
                ["", "e", "english", "e1", "en-", "en_US"]
            ),
            (
                .licence, ["CC0-1.0", "CC-BY-NC-4.0", "LicenseRef-Our.Terms"],
                ["", "-", "CC0 1.0", "<b>", "CC0-1.0/..", "\u{FF23}C0"]
            ),
            (
                .duration, ["6h", "50m", "90s"],
                ["", "6", "h", "0h", "-1h", "1.5h", "6 h", "6H", "６h"]
            ),
            (
                .count(1...100), ["1", "100", "007"],
                ["0", "101", "", "+5", "5 ", "1e1", "99999999999999999999"]
            ),
            (.money, ["0", "5", "2.50"], ["", "5.", ".50", "2.5", "2.505", "-1", "$5"]),
            (.price, ["0", "1", "0.005", "0.000001"], ["", ".5", "5.", "0.0000001", "-1", "$1"]),
            (.flag, ["true", "false"], ["", "yes", "True", "1"]),
            (.choice(["a", "b"]), ["a", "b"], ["", "c", "A"]),
        ])
    func accepts(type: SettingType, good: [String], bad: [String]) {
        #expect(good.filter { !type.accepts($0) } == [])
        #expect(bad.filter(type.accepts) == [])
    }

    @Test(
        "durations are whole numbers of hours, minutes or seconds",
        arguments: [("6h", 21_600), ("50m", 3000), ("90s", 90), ("86400s", 86_400)])
    func durations(text: String, seconds: Int) {
        #expect(SettingType.duration(text) == .seconds(seconds))
    }
}
