import Foundation
import Snapshot
import Support
import Testing
import Text

@testable import tidemark

@Suite("SettingsLoader")
struct SettingsLoaderTests {
    /// The settings of a file, flags and an environment.
    private func load(
        _ yaml: String, flags: [String] = [], environment: [String: String] = [:]
    ) async throws -> Settings {
        try await withTemporaryFolder { folder in
            try yaml.write(toFile: "\(folder)/t.yaml", atomically: true, encoding: .utf8)
            return try SettingsLoader(
                file: "\(folder)/t.yaml", flags: try SettingsFlags(flags).settings,
                environment: environment
            ).load()
        }
    }

    /// The sentence of the error, with the folder taken out of it.
    private func sentence(
        _ yaml: String, flags: [String] = [], environment: [String: String] = [:]
    ) async -> String {
        await sentence(Array(yaml.utf8), flags: flags, environment: environment)
    }

    private func sentence(
        _ bytes: [UInt8], flags: [String] = [], environment: [String: String] = [:]
    ) async -> String {
        do {
            return try await withTemporaryFolder { folder in
                try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/t.yaml"))
                do {
                    _ = try SettingsLoader(
                        file: "\(folder)/t.yaml", flags: try SettingsFlags(flags).settings,
                        environment: environment
                    ).load()
                    return "no error"
                } catch {
                    return "\(error)".replacingOccurrences(of: "\(folder)/", with: "")
                }
            }
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "takes no path that a shell would read otherwise",
        arguments: [
            ("archive: ~/x", "t.yaml:1: archive: a path is taken as it stands, without a meaning"),
            ("\noutput: $HOME/x", "t.yaml:2: output: a path is taken as it stands, without"),
            ("output: ${HOME}/x", "t.yaml:1: output: a path is taken as it stands, without"),
            ("output: 'www '", "t.yaml:1: output: it begins or ends with a space; remove it"),
            (
                "publish:\n  repository: $HOME/site.git",
                "t.yaml:2: publish.repository: a path is taken as it stands, without a meaning for $:"
            ),
            (
                "publish:\n  repository: ' /srv/site.git'",
                "t.yaml:2: publish.repository: it begins or ends with a space; remove it"
            ),
            (
                "sources: { a: { kind: file, format: v1, paths: [a, ~/b] } }",
                "t.yaml:1: sources.a.paths: a path is taken as it stands"
            ),
        ])
    func shellPaths(yaml: String, beginning: String) async throws {
        let sentence = await sentence(yaml)
        #expect(sentence.hasPrefix(beginning), "\(sentence)")
        #expect(await self.sentence("", flags: ["--archive=~/x"]).hasPrefix("--archive: a path is"))
    }

    @Test(
        "takes a path that only looks so, and the ~ that git reads itself",
        arguments: [
            "output: ./~x", "output: ./${x}", "output: a$b", "output: ./$x", "output: $5",
            "publish: { repository: ~/site.git }", "publish: { repository: ~me/site.git }",
        ])
    func ownPaths(yaml: String) async throws {
        #expect(await sentence(yaml) == "no error")
    }

    @Test(
        "takes off what a paste or an editor left where nobody sees it",
        arguments: [
            "\u{FEFF}site: { title: Ebb\u{A0}& Flow }\nwindow:\n  top: 7\n",
            "\u{FEFF}site:\r\n  title: Ebb\u{A0}& Flow\r\nwindow:\r\n  top: 7\r\n",
            "site:\n\u{A0}\u{A0}title: Ebb\u{A0}& Flow\nwindow:\n\u{A0} top: 7\n",
            "site:\n  title:\u{A0}Ebb\u{A0}& Flow\nwindow:\u{A0}\n  top:\u{A0}7\u{A0}\n",
            "site: {\u{A0}title:\u{A0}\"Ebb\u{A0}& Flow\"\u{A0}}\u{A0}\nwindow: { top: 7\u{A0}, rank:\u{202F}accounts }\n",
            "\u{200B}site:\n  title: 'Ebb\u{A0}& Flow'\u{A0}\u{A0}\nwindow:\n  top\u{A0}: 7\n",
        ])
    func oddSpaces(yaml: String) async throws {
        let settings = try await load(yaml)
        #expect(settings.site.title == "Ebb\u{A0}& Flow")
        #expect(settings.window.top == 7)
    }

    @Test("keeps what stands within a value, French colons too")
    func spacesWithin() async throws {
        let settings = try await load("site: { title: \"Sujet\u{A0}:\u{A0}la mer\" }\n")
        #expect(settings.site.title == "Sujet\u{A0}:\u{A0}la mer")
        let list = try await load("filters:\n  block:\n    -\u{A0}art\n    -\u{A0}\"tide*\"\n")
        #expect(list.filters.block.count == 2)
    }

    @Test("names what it cannot take off")
    func oddFiles() async {
        #expect(
            await sentence([0xFF, 0xFE, 0x73, 0])
                == "t.yaml: cannot be read: it is UTF-16; save it as UTF-8")
        #expect(
            await sentence("window:\n  top: \"7\u{A0}\"\n").hasSuffix("found \"7\\u{a0}\""))
        #expect(
            await sentence("site:\n  title: [a,\u{A0}b\nwindow: {}\n")
                .contains("is not YAML"))
    }

    @Test("without a file, flags or environment the defaults hold and the sample runs")
    func defaults() throws {
        let settings = try SettingsLoader(file: nil, flags: [], environment: [:]).load()
        #expect(
            settings
                == Settings(
                    file: nil,
                    site: .init(
                        title: "Tidemark", url: nil,
                        description: "What people are talking about, every six hours.",
                        language: "en", dataLicence: "CC0-1.0", contact: nil),
                    window: .init(
                        schedule: .everySixHours, length: .seconds(3000), mode: .slot, top: 10,
                        rank: .accounts, minimumAccounts: 1),
                    filters: .usual,
                    context: .init(related: true, links: true, minimumAccounts: 5, blockHosts: []),
                    warnings: .init(),
                    archive: "archive", output: "public", templates: nil, chartScript: nil,
                    sources: [.sample(.usual)], isDemonstration: true,
                    publish: .init(
                        bucket: nil, region: nil, endpoint: nil, addressing: .auto, prefix: "",
                        distribution: nil,
                        directory: nil, repository: nil, branch: "gh-pages",
                        maxDeletes: 256, patience: .seconds(600)),
                    dynamodb: .init(table: nil, region: nil, endpoint: nil),
                    hooks: .init(
                        heartbeat: nil, failed: nil, published: nil, timeLimit: .seconds(60),
                        metrics: nil)))
    }

    @Test(
        "a flag wins over the environment, that over the file, that over the default",
        arguments: [
            (file: false, environment: false, flag: false, top: 10),
            (true, false, false, 20), (false, true, false, 30), (false, false, true, 40),
            (true, true, false, 30), (true, false, true, 40), (false, true, true, 40),
            (true, true, true, 40),
        ])
    func precedence(file: Bool, environment: Bool, flag: Bool, top: Int) async throws {
        let settings = try await load(
            file ? "window: { top: 20 }" : "", flags: flag ? ["--window.top", "40"] : [],
            environment: environment ? ["TIDEMARK_WINDOW_TOP": "30"] : [:])
        #expect(settings.window.top == top)
    }

    @Test("every kind of source is read with all its keys")
    func sources() async throws {
        let yaml = """
            sources:
              sample: { kind: sample }
              replay: { kind: file, paths: [/a.ndjson, /b.gz], format: text, grammar: mastodon }
              wire: { kind: socket, address: "[::1]:9009", format: v1, languages: [EN, pt-BR] }
              bluesky: { kind: bluesky, hosts: ["ws://127.0.0.1:6008"] }
              fedi: { kind: mastodon, servers: ["https://mastodon.example"], mode: stream }
              x: { kind: x, rules: ["has:hashtags lang:en"], budgetPosts: 7, budgetDollars: 2.50 }
            """
        let settings = try await load(
            yaml, environment: ["TIDEMARK_SOURCES_X_TOKEN": "t0p", "HOME": "/root"])
        #expect(
            settings.sources == [
                .init(
                    name: "bluesky", languages: [], filters: .usual,
                    kind: Settings.Bluesky(
                        hosts: ["ws://127.0.0.1:6008"], lookBack: 129_600, settle: 30, stall: 10)),
                .init(
                    name: "fedi", languages: [], filters: .usual,
                    kind: Settings.Mastodon(
                        servers: ["https://mastodon.example"], tokens: [nil], mode: .stream,
                        timelines: [.public(isLocal: false)], lookBack: 36 * 3600, settle: 30)),
                .init(
                    name: "replay", languages: [], filters: .usual,
                    kind: Settings.File(
                        paths: ["/a.ndjson", "/b.gz"], format: .text, grammar: .mastodon, spark: nil
                    )),
                .init(name: "sample", languages: [], filters: .usual, kind: Settings.Sample()),
                .init(
                    name: "wire", languages: ["en", "pt"], filters: .usual,
                    kind: Settings.Socket(host: "::1", port: 9009, format: .v1, grammar: nil)),
                .init(
                    name: "x", languages: [], filters: .usual,
                    kind: Settings.X(
                        server: "https://api.x.com", api: .v2,
                        stream: .filtered(rules: ["has:hashtags lang:en"]),
                        budget: XBudget(
                            microdollarsPerPost: 5000, posts: 7, cents: 250,
                            monthPosts: 20_000, monthCents: 10_000),
                        backfillMinutes: 0, token: Secret("t0p"))),
            ])
    }

    @Test(
        "a setting that could not be kept is refused",
        arguments: [
            (
                "sources: { demo: { kind: sample } }",
                "t.yaml:1: sources.demo.kind: the name sample and the kind sample belong together"
            ),
            (
                "sources: { sample: { kind: file, paths: [a], format: v1 } }",
                "t.yaml:1: sources.sample.kind: the name sample and the kind sample belong together"
            ),
        ])
    func refused(yaml: String, sentence: String) async throws {
        let error = await #expect(throws: SettingsError.self) { _ = try await load(yaml) }
        #expect(error?.description.hasSuffix(sentence) == true)
    }

    @Test(
        "a branch has a name that git takes, and none that it takes for an option",
        arguments: [
            "a..b", "--force", ".a", "a/.b", "a.lock", "a//b", "/a", "a/", "a b", "a~1", "a@{1}",
            "@",
            "a.", "a:b", "a\\b", "a*",
        ])
    func branches(name: String) async throws {
        let error = await #expect(throws: SettingsError.self) {
            _ = try await load("publish: { repository: r, branch: '\(name)' }")
        }
        #expect(
            error?.description.contains("publish.branch: expected the name of a branch") == true)
        let settings = try await load("publish: { repository: r, branch: site/v1.2_é@x }")
        #expect(settings.publish.branch == "site/v1.2_é@x")
    }

    @Test("paths in the file are relative to the file, others to the working folder")
    func paths() async throws {
        try await withTemporaryFolder { folder in
            try "archive: data\noutput: /srv/site\n".write(
                toFile: "\(folder)/t.yaml", atomically: true, encoding: .utf8)
            let settings = try SettingsLoader(
                file: "\(folder)/t.yaml", flags: try SettingsFlags(["--templates=mine"]).settings,
                environment: ["TIDEMARK_CHART_SCRIPT": "chart.js"]
            ).load()
            #expect(settings.archive == "\(folder)/data")
            #expect(settings.output == "/srv/site")
            #expect(settings.templates == "mine")
            #expect(settings.chartScript == "chart.js")
        }
    }

    @Test("a source may come from the environment alone, under its known name if it has one")
    func sourceFromEnvironment() async throws {
        let environment = [
            "TIDEMARK_SOURCES_MY_WIRE_KIND": "socket",
            "TIDEMARK_SOURCES_MY_WIRE_ADDRESS": "127.0.0.1:9",
            "TIDEMARK_SOURCES_MY_WIRE_FORMAT": "v2",
            "TIDEMARK_SOURCES_MY_WIRE_LANGUAGES": "en, de",
        ]
        let wire = Settings.Source(
            name: "my-wire", languages: ["en", "de"], filters: .usual,
            kind: Settings.Socket(host: "127.0.0.1", port: 9, format: .v2, grammar: nil))
        #expect(try await load("", environment: environment).sources == [wire])
        #expect(
            try await load(
                "sources: { my-wire: { kind: sample } }", environment: environment
            ).sources == [wire])
    }

    @Test(
        "what is wrong in the file is said with file, line and key",
        arguments: [
            (
                "window:\n  evry: 3h",
                "t.yaml:2: window.evry: unknown key; did you mean window.every?"
            ),
            ("top: 3", "t.yaml:1: top: unknown key; did you mean window.top?"),
            ("Archive: x", "t.yaml:1: Archive: unknown key; did you mean archive?"),
            ("xyzzy: { a: 1 }", "t.yaml:1: xyzzy: unknown key"),
            ("site:\n  title: [a]", "t.yaml:2: site.title: expected text, found a list"),
            ("site:\n  title:", "t.yaml:2: site.title: expected text, found nothing"),
            (
                "site:\n  title: { a: b }",
                "t.yaml:2: site.title: expected text, found a section of keys"
            ),
            (
                "site: { timezone: Europe/Berlin }",
                "t.yaml:1: site.timezone: expected UTC, found \"Europe/Berlin\""
            ),
            (
                "site: { dataLicence: CC0 1.0 }",
                "t.yaml:1: site.dataLicence: expected an SPDX identifier such as CC0-1.0 or "
                    + "CC-BY-4.0, found \"CC0 1.0\""
            ),
            (
                "site: { url: \"ftp://example.org\" }",
                "t.yaml:1: site.url: expected an address such as https://…, "
                    + "found \"ftp://example.org\""
            ),
            (
                "window: { top: 0 }",
                "t.yaml:1: window.top: expected a whole number from 1 to 100, found \"0\""
            ),
            (
                "window: { every: 5h }",
                "t.yaml:1: window.every: must be 1, 2, 3, 4, 6, 8, 12 or 24 hours"
            ),
            (
                "window: { every: 1h, length: 61m }",
                "t.yaml:1: window.length: must not be longer than window.every"
            ),
            (
                "window: { length: 5 minutes }",
                "t.yaml:1: window.length: expected a duration such as 6h, 50m or 90s, "
                    + "found \"5 minutes\""
            ),
            (
                "filters: { bots: yes }",
                "t.yaml:1: filters.bots: expected true or false, found \"yes\""
            ),
            (
                "filters: { block: spam }",
                "t.yaml:1: filters.block: expected a list, each text, found \"spam\""
            ),
            ("window: 7", "t.yaml:1: window: expected a section of keys, found \"7\""),
            ("- a", "t.yaml:1: expected keys such as window:, found a list"),
            ("window:\n  top: 1\n  top: 2", "t.yaml:2: top: stands there twice"),
            (
                "window:\n\ttop: 1",
                "t.yaml:2: is not YAML: found character that cannot start any token; the line begins with a tab: "
                    + "indent it with spaces"
            ),
            (
                "output: archive/site",
                "t.yaml:1: output: must not lie in the archive, nor the archive in it"
            ),
            (
                "publish: { bucket: a, repository: b }",
                "t.yaml:1: publish.repository: the site goes to one of bucket, directory and "
                    + "repository, not to several"
            ),
            (
                "publish: { bucket: a, directory: b }",
                "t.yaml:1: publish.directory: the site goes to one of bucket, directory and "
                    + "repository, not to several"
            ),
            (
                "publish: { repository: \"https://token@git.example/site\" }",
                "t.yaml:1: publish.repository: names and passwords do not belong here; git has its "
                    + "credential helpers for them"
            ),
            (
                "publish: { repository: \"me:hunter2@git.example/site\" }",
                "t.yaml:1: publish.repository: names and passwords do not belong here; git has its "
                    + "credential helpers for them"
            ),
            (
                "publish: { directory: public/www }",
                "t.yaml:1: publish.directory: must not lie in the output, nor the output in it"
            ),
            (
                "publish: { directory: . }",
                "t.yaml:1: publish.directory: must not lie in the output, nor the output in it"
            ),
            (
                "publish: { directory: archive/../archive }",
                "t.yaml:1: publish.directory: must not lie in the archive, nor the archive in it"
            ),
            ("sources: [a]", "t.yaml:1: sources: expected a section of keys, found a list"),
            (
                "sources:\n  wire: {}",
                "t.yaml:2: sources.wire.kind is missing: expected sample, file, collect, socket, bluesky, "
                    + "mastodon, x, kafka or kinesis"
            ),
            (
                "sources:\n  Wire: { kind: sample }",
                "t.yaml:2: sources.Wire.kind: a source's name has lower-case letters, digits and -, "
                    + "at most 40"
            ),
            (
                "sources:\n  w:\n    kind: socket\n    address: 127.0.0.1\n    format: v1",
                "t.yaml:4: sources.w.address: expected host:port, found \"127.0.0.1\""
            ),
            (
                "sources:\n  w: { kind: file, format: v1 }",
                "t.yaml:2: sources.w.paths is missing: expected a list, each a path"
            ),
            (
                "sources:\n  w: { kind: file, format: v1, paths: [] }",
                "t.yaml:2: sources.w.paths: must not be empty"
            ),
            (
                "sources:\n  w: { kind: sample, adress: \"a:1\" }",
                "t.yaml:2: sources.w.adress: unknown key; did you mean sources.w.address?"
            ),
            (
                "sources:\n  w: { kind: sample, rules: [a] }",
                "t.yaml:2: sources.w.rules: a source of kind sample has no such key"
            ),
            (
                "sources:\n  b: { kind: bluesky, hosts: [\"ws://example.org\"] }",
                "t.yaml:2: sources.b.hosts: expected a list, each an address such as wss://… "
                    + "(ws:// for loopback alone), found \"ws://example.org\""
            ),
            (
                "publish: { prefix: ../other }",
                "t.yaml:1: publish.prefix: expected a folder such as trends, or \"\", "
                    + "found \"../other\""
            ),
            (
                "sources:\n  x: { kind: x, token: hunter2 }",
                "t.yaml:2: sources.x.token: a secret does not belong here; "
                    + "set TIDEMARK_SOURCES_X_TOKEN in the environment"
            ),
            (
                "publish: { accessKeyId: hunter2 }",
                "t.yaml:1: publish.accessKeyId: a secret does not belong here; "
                    + "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"
            ),
        ])
    func fileErrors(yaml: String, expected: String) async {
        #expect(await sentence(yaml) == expected)
    }

    @Test(
        "what is wrong in the environment is said with the variable",
        arguments: [
            (
                "TIDEMARK_WINDOW_EVRY", "3h",
                "TIDEMARK_WINDOW_EVRY: unknown key; did you mean TIDEMARK_WINDOW_EVERY?"
            ),
            ("TIDEMARK_XYZZY", "", "TIDEMARK_XYZZY: unknown key"),
            (
                "TIDEMARK_WINDOW_TOP", "many",
                "TIDEMARK_WINDOW_TOP: expected a whole number from 1 to 100, found \"many\""
            ),
            (
                "TIDEMARK_SOURCES_W_ADDRESS", "127.0.0.1:9",
                "TIDEMARK_SOURCES_W_KIND is missing: expected sample, file, collect, socket, bluesky, "
                    + "mastodon, x, kafka or kinesis"
            ),
        ])
    func environmentErrors(variable: String, value: String, expected: String) async {
        #expect(await sentence("", environment: [variable: value]) == expected)
    }

    @Test("a malformed secret is not shown")
    func malformedSecret() async {
        let found = await sentence(
            "sources: { x: { kind: x, rules: [a] } }",
            environment: ["TIDEMARK_SOURCES_X_TOKEN": "hunter2\n"])
        #expect(found == "TIDEMARK_SOURCES_X_TOKEN: expected text, found something else")
    }

    @Test("a file that is not there, not UTF-8 or far too large is refused")
    func unreadableFiles() async throws {
        #expect(
            throws: SettingsError.unreadable(file: "/no/t.yaml", reason: "there is no such file")
        ) {
            try SettingsLoader(file: "/no/t.yaml", flags: [], environment: [:]).load()
        }
        #expect(
            await sentence([0x61, 0xFF])
                == "t.yaml: cannot be read: it is not UTF-8; save it as UTF-8")
        #expect(
            await sentence([UInt8](repeating: UInt8(ascii: "#"), count: 1_000_001))
                == "t.yaml: cannot be read: it is larger than 1000000 bytes")
    }

    @Test("a second document, which nobody would read, is refused")
    func documents() async {
        #expect(
            await sentence("archive: a\n---\narchive: b")
                == "t.yaml:2: is not YAML: but found another document")
    }

    @Test("a merge key is a key like any other, so an unknown one")
    func mergeKey() async {
        #expect(
            await sentence("site: &a\n  title: x\nwindow:\n  <<: *a")
                == "t.yaml:4: window.<<: unknown key")
    }
}
