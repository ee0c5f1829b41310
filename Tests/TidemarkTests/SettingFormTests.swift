import Calendar
import Testing

@testable import tidemark

struct SettingFormTests {
    /// What a form makes of a text, in words; nil if it is malformed.
    struct Reading: Sendable, CustomStringConvertible {
        let description: String
        let value: @Sendable (String) -> String?

        init<Value>(_ form: SettingForm<Value>) {
            description = form.words
            value = { text in
                (try? form.read(.text(text), SettingPlace(origin: .standard, folder: "/etc")))
                    .map { "\($0)" }
            }
        }
    }

    @Test(
        arguments: [
            (Reading(.text), ["a", "#tag", "né"], ["", "a\nb", "a\u{1B}[2J", "\0"]),
            (
                Reading(.path),
                [
                    "a", "/a b/c", "../x", "./~", "a~", "a$b", "/mnt/$RECYCLE.BIN", "/a/${USER}",
                    "$5",
                ],
                [
                    "", "a\0", "~", "~/x", "~you/x", "$HOME/x", "${HOME}/x", "a ",
                    "\ta",
                ]
            ),
            (
                Reading(.prefix), ["", "site", "a/b/", "a.b"],
                ["/", "/a", "a//b", "..", "a/../b", "a/."]
            ),
            (
                Reading(.address("https", "http", anyHost: true)),
                ["https://a.example", "http://a.example/trends/", "https://[::1]:8443"],
                [
                    "", "a.example", "//a", "https://", "ftp://a", "https://u@a", "https://a?b",
                    "https://a#b", "https://a b", "javascript:alert(1)",
                ]
            ),
            (
                Reading(.address("https", "http")),
                [
                    "https://a.example", "http://127.0.0.1:9000", "http://localhost",
                    "http://[::1]:1",
                ],
                ["http://a.example", "http://127.0.0.1.example", "http://127.0.0.1@evil"]
            ),
            (
                Reading(.endpoint), ["127.0.0.1:1", "host:65535", "[::1]:80"],
                ["", "host", "host:", ":80", "host:0", "host:65536", "::1:80", "a b:1", "h:+1"]
            ),
            (
                Reading(.language), ["en", "pt-BR", "zh-Hant-TW", "tok"],
                ["", "e", "english", "e1", "en-", "en_US"]
            ),
            (
                Reading(.licence), ["CC0-1.0", "CC-BY-NC-4.0", "LicenseRef-Our.Terms"],
                ["", "-", "CC0 1.0", "<b>", "CC0-1.0/..", "\u{FF23}C0"]
            ),
            (
                Reading(.duration), ["6h", "50m", "90s"],
                ["", "6", "h", "0h", "-1h", "1.5h", "6 h", "6H", "６h"]
            ),
            (
                Reading(.count(1...100)), ["1", "100", "007"],
                ["0", "101", "", "+5", "5 ", "1e1", "99999999999999999999"]
            ),
            (Reading(.cents), ["0", "5", "2.50"], ["", "5.", ".50", "2.5", "2.505", "-1", "$5"]),
            (
                Reading(.microdollars), ["0", "1", "0.005", "0.000001"],
                ["", ".5", "5.", "0.0000001", "-1", "$1"]
            ),
            (Reading(.flag), ["true", "false"], ["", "yes", "True", "1"]),
            (
                Reading(SettingForm<Settings.Window.Mode>.choice), ["slot", "live"],
                ["", "c", "Slot"]
            ),
        ])
    func `A text is of a form or not`(form: Reading, good: [String], bad: [String]) {
        #expect(good.filter { form.value($0) == nil } == [])
        #expect(bad.filter { form.value($0) != nil } == [])
    }

    @Test(
        arguments: [
            (Reading(.duration), "6h", "\(Duration.seconds(21_600))"),
            (Reading(.seconds), "50m", "3000"), (Reading(.seconds), "86400s", "86400"),
            (Reading(.cents), "2.50", "250"), (Reading(.cents), "5", "500"),
            (Reading(.microdollars), "0.005", "5000"), (Reading(.microdollars), "2", "2000000"),
            (Reading(.prefix), "trends", "trends/"), (Reading(.prefix), "trends/", "trends/"),
            (Reading(.path), "a", "/etc/a"), (Reading(.path), "/a", "/a"),
            (Reading(.schedule), "12h", "\(Schedule(hours: 12) ?? .everySixHours)"),
        ])
    func `A text becomes the value it means`(form: Reading, text: String, value: String) {
        #expect(form.value(text) == value)
    }
}
