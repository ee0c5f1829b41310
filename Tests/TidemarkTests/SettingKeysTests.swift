import Glibc
import Support
import Testing

@testable import tidemark

/// Shapes that no key has yet: they need an entry, and nothing else.
struct SettingKeysTests {
    struct Hook: Hashable {
        enum Event: String, CaseIterable { case failed, published }

        let on: Event
        let command: [String]
        let limit: Duration

        init(on: Event, command: [String], limit: Duration) {
            (self.on, self.command, self.limit) = (on, command, limit)
        }

        init(_ keys: inout SettingKeys) throws(SettingsError) {
            on = try keys(needed: "on", .choice, "When it is called")
            command = try keys(needed: "command", .some(.text), "Program and arguments")
            limit = try keys("limit", .duration, or: "30s", "How long it may take")
        }
    }

    struct Library: Hashable {
        let editions: [String]
        let properties: [String: String]

        init(_ keys: inout SettingKeys) throws(SettingsError) {
            editions = try keys.named("editions") { name, keys throws(SettingsError) in
                "\(name): \(try keys("title", .text, or: "none", "Its title"))"
            }
            properties = try keys(
                "properties", .map(.text), or: "{}", "Passed on to the library as they are")
        }
    }

    /// The settings in YAML of keys that `tree` does not know.
    private func given(_ entries: [(String, String)]) throws -> GivenSettings {
        GivenSettings(
            entries.enumerated().map { line, entry in
                Setting(
                    path: entry.0, value: Setting.Value(yaml: entry.1),
                    origin: .file("t.yaml", line: line + 1))
            }, folder: "")
    }

    private func hooks(_ yaml: String) throws -> [Hook] {
        var keys = SettingKeys(try given([("site.title", "x"), ("hooks", yaml)]))
        return try keys.records("hooks", "What is called", Hook.init)
    }

    @Test func `A list of records is read, each by its own keys`() throws {
        #expect(
            try hooks(
                "[{on: failed, command: [mail, -s, no]}, {on: published, command: [x], limit: 5s}]")
                == [
                    Hook(on: .failed, command: ["mail", "-s", "no"], limit: .seconds(30)),
                    Hook(on: .published, command: ["x"], limit: .seconds(5)),
                ])
        var none = SettingKeys(try given([]))
        #expect(try none.records("hooks", "What is called", Hook.init) == [])
    }

    @Test(
        arguments: [
            (
                "[{on: fail, command: [x]}]",
                "t.yaml:1: hooks[0].on: expected failed or published, found \"fail\""
            ),
            (
                "[{on: failed, comand: [x]}]",
                "t.yaml:1: hooks[0].command is missing: expected a list, each text"
            ),
            (
                "[{on: failed, command: [x]},\n {on: failed, command: [x], limt: 5s}]",
                "t.yaml:2: hooks[1].limt: unknown key; did you mean hooks[1].limit?"
            ),
            ("[a]", "t.yaml:2: hooks: expected a list of sections, found \"a\""),
            (
                "{on: failed}",
                "t.yaml:2: hooks: expected a list of sections, found a section of keys"
            ),
        ])
    func `What is wrong in a record is said with its line and place`(
        yaml: String, sentence: String
    ) throws {
        let error = #expect(throws: SettingsError.self) { try hooks(yaml) }
        #expect(error?.description == sentence)
    }

    @Test func `Keys of records are told with the others`() throws {
        var keys = SettingKeys(nil)
        _ = try keys.records("hooks", "What is called", Hook.init)
        #expect(
            keys.told.map(\.path) == ["hooks", "hooks[].on", "hooks[].command", "hooks[].limit"])
        #expect(keys.told.map(\.standard) == ["[]", nil, nil, "30s"])
    }

    @Test func `Sections in sections and maps of any names are read`() throws {
        var keys = SettingKeys(
            try given([
                ("sources.k.editions.de.title", "Auf Deutsch"),
                ("sources.k.editions.en.title", "In English"),
                ("sources.k.properties", "{security.protocol: SASL_SSL, \"linger.ms\": 5}"),
            ]))
        let libraries = try keys.named("sources") { _, keys throws(SettingsError) in
            try Library(&keys)
        }
        #expect(libraries.map(\.editions) == [["de: Auf Deutsch", "en: In English"]])
        #expect(libraries.first?.properties == ["security.protocol": "SASL_SSL", "linger.ms": "5"])
        var told = SettingKeys(nil)
        _ = try told.named("sources") { _, keys throws(SettingsError) in try Library(&keys) }
        #expect(told.told.map(\.path) == ["sources.*.editions.*.title", "sources.*.properties"])
    }

    @Test func `A map is written as YAML in a flag and a variable`() throws {
        var told = SettingKeys(nil)
        _ = try Library(&told)
        let key = try #require(told.told.last)
        let value = try key.value(of: "{a: b}", as: "properties", at: .flag("--properties"))
        #expect(value == .map([Setting.Entry(name: "a", line: 1, value: "b")]))
        let error = #expect(throws: SettingsError.self) {
            try key.value(of: "{a", as: "properties", at: .flag("--properties"))
        }
        #expect(
            error?.description == "--properties: expected any names, each with text, found \"{a\"")
    }

    @Test(
        arguments: [
            (0o600, "t0p\n", nil), (0o400, "t0p\r\n", nil),
            (0o640, "t0p", "others may use FILE; chmod 600 keeps them out"),
            (0o604, "t0p", "others may use FILE; chmod 600 keeps them out"),
            (nil, "", "FILE: cannot be read: No such file or directory"),
        ] as [(mode_t?, String, String?)])
    func `A secret may come from a file that nobody else can read`(
        mode: mode_t?, content: String, sentence: String?
    ) async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/token"
            if let mode {
                try write(content, to: file)
                #expect(chmod(file, mode) == 0)
            }
            let environment = [
                "TIDEMARK_SOURCES_X_KIND": "x", "TIDEMARK_SOURCES_X_RULES": "a",
                "TIDEMARK_SOURCES_X_TOKEN_FILE": file,
            ]
            let loader = SettingsLoader(file: nil, flags: [], environment: environment)
            guard let sentence else {
                guard let x = try loader.load().sources.first?.kind as? Settings.X else {
                    Issue.record("no source")
                    return
                }
                #expect(x.token?.revealed == "t0p")
                return
            }
            let error = #expect(throws: SettingsError.self) { try loader.load() }
            #expect(
                error?.description
                    == "TIDEMARK_SOURCES_X_TOKEN_FILE: " + sentence.replacing("FILE", with: file))
        }
    }

    @Test(arguments: [(mode_t(0o400), true), (0o440, true), (0o444, false)])
    func `A secret may be a credential of a unit of systemd`(
        mode: mode_t, isTaken: Bool
    ) async throws {
        try await withTemporaryFolder { folder in
            try write("t0p", to: folder + "/TIDEMARK_SOURCES_X_TOKEN")
            try write("of somebody else", to: folder + "/other")
            #expect(chmod(folder + "/TIDEMARK_SOURCES_X_TOKEN", mode) == 0)
            let environment = [
                "TIDEMARK_SOURCES_X_KIND": "x", "TIDEMARK_SOURCES_X_RULES": "a",
                "CREDENTIALS_DIRECTORY": folder,
            ]
            let settings = try? SettingsLoader(file: nil, flags: [], environment: environment)
                .load()
            let x = settings?.sources.first?.kind as? Settings.X
            #expect(x?.token?.revealed == (isTaken ? "t0p" : nil))
        }
    }

    @Test func `A secret is not taken from two places`() {
        let error = #expect(throws: SettingsError.self) {
            try SettingsLoader(
                file: nil, flags: [],
                environment: [
                    "TIDEMARK_SOURCES_X_TOKEN": "a", "TIDEMARK_SOURCES_X_TOKEN_FILE": "/no",
                ]
            ).load()
        }
        #expect(
            error?.description
                == "TIDEMARK_SOURCES_X_TOKEN_FILE: TIDEMARK_SOURCES_X_TOKEN is set too; one is enough"
        )
    }
}
