import Archive
import Support

@testable import SiteGen

/// An archive made of a few lines, and the site built from it in the same folder.
struct SiteFixture {
    let folder: String
    var settings = SiteSettings(
        title: "Tide & Mark", description: "What people talk about.", sources: ["east", "west"],
        filters: ["Reposts are not counted."], version: "1.0")

    var archive: String { folder + "/archive" }
    var output: String { folder + "/public" }

    init(_ folder: String) throws {
        self.folder = folder
        try SiteFiles.write([UInt8]("/* Chart.js */".utf8), to: folder + "/chart.js")
    }

    /// Archives a window of the hour; tags stand in order of rank, first with the most people.
    func archive(
        _ slot: String, _ source: String = "east", tags: [String],
        status: WindowStatus = .complete, expected: Double? = nil
    ) throws {
        let start = try time(slot)
        let window = WindowRow(
            slot: start, source: source, start: start,
            end: status == .missing ? start : start + 3000, status: status,
            coverage: status == .missing ? 0 : status == .partial ? 0.5 : 1, posts: 100, tagged: 60,
            accounts: 80, tags: tags.count, version: "1.0")
        let top = tags.enumerated().map { index, tag in
            TopRow(
                slot: start, source: source, rank: index + 1, tag: tag.lowercased(), spelling: tag,
                posts: 2 * (40 - index), accounts: 40 - index, expected: expected,
                score: expected.map { _ in 9 })
        }
        let tail = top.map {
            TailRow(
                slot: $0.slot, source: source, tag: $0.tag, posts: $0.posts, accounts: $0.accounts)
        }
        try ArchiveWriter(folder: archive).append(window, top: top, tail: tail)
    }

    func withdraw(_ tags: String...) throws {
        var encoder = CSVEncoder()
        encoder.header(WithdrawnRow.columns)
        for tag in tags {
            let since = try time("2026-11-01T00")
            encoder.row(WithdrawnRow(tag: tag, since: since, reason: "asked for"))
        }
        try SiteFiles.makeFolder(archive)
        try SiteFiles.write(encoder.bytes, to: archive + "/withdrawn.csv")
    }

    /// Into `output`, or another folder.
    @discardableResult
    func build(into other: String? = nil, templates: String? = nil) throws -> BuildReport {
        try SiteBuild(
            archive: ArchiveReader(folder: archive), settings: settings,
            templates: templates ?? Repository.folder + "/Templates",
            chartScript: folder + "/chart.js", output: other ?? output, digest: testDigest
        ).run()
    }

    func history() throws -> History {
        try History(
            archive: ArchiveReader(folder: archive), settings: settings,
            slug: Slug(digest: testDigest))
    }

    func site() throws -> Site {
        let history = try history()
        return Site(
            history: history, settings: settings,
            tails: try RecentTails(history, in: ArchiveReader(folder: archive)))
    }

    /// A file of the built site.
    func file(_ path: String) throws -> String {
        String(decoding: try SiteFiles.read(output + "/" + path), as: UTF8.self)
    }

    /// Every file of the built site with its text.
    func files() throws -> [(path: String, text: String)] {
        try SiteFiles.tree(output).map { ($0, try file($0)) }
    }
}

struct BadTime: Error {}

/// `2026-11-22T18`
func time(_ hour: String) throws -> Timestamp {
    guard let time = Timestamp(hour + ":00:00Z") else { throw BadTime() }
    return time
}

@discardableResult
func withSite<Result>(_ body: (SiteFixture) async throws -> Result) async throws -> Result {
    try await withTemporaryFolder { try await body(SiteFixture($0)) }
}
