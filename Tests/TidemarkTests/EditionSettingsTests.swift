import Support
import Testing

@testable import tidemark

extension Settings.Filters {
    /// Those of a configuration that says nothing of them.
    static let usual = Settings.Filters(
        maxTags: 10, reposts: false, deleted: false, sensitive: false, bots: false, block: [],
        allow: [])
}

@Suite("Editions in the configuration")
struct EditionSettingsTests {
    private func load(_ yaml: String) async throws -> Settings {
        try await withTemporaryFolder { folder in
            try write(yaml, to: folder + "/t.yaml")
            return try SettingsLoader(file: folder + "/t.yaml", flags: [], environment: [:]).load()
        }
    }

    private static let sky = """
        filters: { maxTags: 5, block: [ad] }
        sources:
          sky:
            kind: bluesky
            languages: [en]

        """

    @Test("an edition is read as its source is, and counts by languages and filters of its own")
    func edition() async throws {
        let settings = try await load(
            Self.sky + """
                  deutsch:
                    of: sky
                    languages: [de]
                    title: Auf Deutsch
                    filters: { reposts: true, block: [] }
                """)
        let edition = try #require(settings.sources.first { $0.name == "deutsch" })
        #expect(edition.of == "sky" && edition.title == "Auf Deutsch")
        #expect(edition.kind as? Settings.Bluesky == settings.sources[1].kind as? Settings.Bluesky)
        #expect(edition.filters.reposts && edition.filters.block.isEmpty)
        #expect(edition.filters.maxTags == 5)
        #expect(settings.sources[1].filters == settings.filters)
        let run = try settings.snapshotRun()
        #expect(run.sources.map(\.name) == ["sky"] && run.editions == ["sky": ["deutsch"]])
        #expect(run.series.map(\.name) == ["sky", "deutsch"])
        #expect(run.rules(of: "deutsch").languages?.map(\.description) == ["de"])
        #expect(run.rules(of: "deutsch").includeReposts && !run.rules(of: "sky").includeReposts)
        // By itself it can be looked at as it goes.
        #expect(try settings.snapshotRun(of: [edition]).sources.map(\.name) == ["deutsch"])
        #expect(
            settings.siteSettings.filters.suffix(3) == [
                "Of Auf Deutsch, only posts whose language is de count.",
                "Auf Deutsch: Reposts count as posts of the reposter.",
                "Of sky, only posts whose language is en count.",
            ])
    }

    @Test(
        "says what an edition cannot have",
        arguments: [
            (
                "of: sky, kind: bluesky",
                "t.yaml:6: sources.de.kind: an edition has no such key, as it is read with sky"
            ),
            (
                "of: sky, stall: 9s",
                "t.yaml:6: sources.de.stall: an edition has no such key, as it is read with sky"
            ),
            (
                "of: sea",
                "t.yaml:6: sources.de.of: must be the name of a source that is read itself"
            ),
            ("of: de", "t.yaml:6: sources.de.of: must be the name of a source that is read itself"),
            (
                "languages: [de]",
                "t.yaml:6: sources.de.kind is missing: expected sample, file, collect, socket, bluesky, mastodon, x, kafka or kinesis"
            ),
        ])
    func refusals(_ keys: String, _ words: String) async throws {
        do {
            _ = try await load(Self.sky + "  de: { \(keys) }\n")
            Issue.record("no error")
        } catch {
            #expect("\(error)".split(separator: "/").last.map(String.init) == words)
        }
    }
}
