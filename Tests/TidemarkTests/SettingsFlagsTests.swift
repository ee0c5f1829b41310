import Testing

@testable import tidemark

@Suite("SettingsFlags")
struct SettingsFlagsTests {
    @Test("settings are taken out from anywhere on the line, the rest stays in its order")
    func split() throws {
        let flags = try SettingsFlags([
            "--window.top", "5", "count", "--archive=/srv/a=b", "--top", "3", "-q",
            "--filters.block", "a, b*", "--sources.x.rules", "[\"a, b\"]", "--", "--window.top",
            "6",
        ])
        #expect(
            flags.settings == [
                Setting(path: "window.top", value: .text("5"), origin: .flag("--window.top")),
                Setting(path: "archive", value: .text("/srv/a=b"), origin: .flag("--archive")),
                Setting(
                    path: "filters.block", value: .list(["a", "b*"]),
                    origin: .flag("--filters.block")),
                Setting(
                    path: "sources.x.rules", value: .list(["a, b"]),
                    origin: .flag("--sources.x.rules")),
            ])
        #expect(flags.remaining == ["count", "--top", "3", "-q", "--", "--window.top", "6"])
    }

    @Test(
        "a value may begin with a mark that joins the sign before",
        arguments: ["\u{301}a=b", "\u{FE0F}", "\u{200D}x", "\u{E0067}"])
    func joining(value: String) throws {
        let flags = try SettingsFlags([
            "--archive=" + value, "count", "--block=" + value, "--top=3", "--lang=", "--",
            "--x=" + value,
        ])
        #expect(
            flags.settings == [
                Setting(path: "archive", value: .text(value), origin: .flag("--archive"))
            ])
        #expect(
            flags.remaining
                == ["count", "--block", value, "--top=3", "--lang=", "--", "--x=" + value])
    }

    @Test(
        "a wrong flag is an error of usage that says what to write",
        arguments: [
            (["--window.evry", "3"], "--window.evry: unknown key; did you mean --window.every?"),
            (["--window.top"], "--window.top: expected a whole number from 1 to 100 after it"),
            (
                ["--window.top", "--quiet"],
                "--window.top: expected a whole number from 1 to 100 after it"
            ),
            (
                ["--sources.x.token", "hunter2"],
                "--sources.x.token: a secret does not belong here; "
                    + "set TIDEMARK_SOURCES_X_TOKEN in the environment"
            ),
            (
                ["--filters.block=[a"],
                "--filters.block: expected a list, each text, found \"[a\""
            ),
        ])
    func errors(arguments: [String], expected: String) throws {
        let error = #expect(throws: SettingsError.self) { try SettingsFlags(arguments) }
        #expect(error?.description == expected)
        #expect(error?.exitCode == .usage)
    }
}
