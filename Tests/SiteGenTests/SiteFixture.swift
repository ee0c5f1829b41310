import Archive
import Calendar
import Files
import Output
import Support
import Text

@testable import SiteGen

/// An archive made of a few lines, and the site built from it in the same folder.
struct SiteFixture {
    let folder: String
    var settings = SiteSettings(
        title: "Tide & Mark", description: "What people talk about.", sources: ["east", "west"],
        filters: ["Reposts are not counted."], version: "1.0")

    /// Whether `archive(_:at:)` tells what was written and linked together.
    var hasContext = false

    /// From how many files or rows on a build's record has a base.
    var basedFrom: Int?

    var archive: String { folder + "/archive" }
    var output: String { folder + "/public" }

    init(_ folder: String) throws {
        self.folder = folder
        try WholeFile.create([UInt8]("/* Chart.js */".utf8), at: folder + "/chart.js")
    }

    /// Archives a window of the hour; tags stand in order of rank, first with the most people.
    func archive(
        _ slot: String, _ source: String = "east", tags: [String],
        status: WindowStatus = .complete, expected: Double? = nil, note: String? = nil
    ) throws {
        let start = try time(slot)
        var window = WindowRow(
            slot: start, source: source, start: start,
            end: status == .missing ? start : start + 3000, status: status,
            coverage: status == .missing ? 0 : status == .partial ? 0.5 : 1, posts: 100, tagged: 60,
            accounts: 80, tags: tags.count, version: "1.0")
        window.note = note
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
        let lines = tags.map { "\"\($0)\",2026-11-01,asked for\n" }.joined()
        try Support.write("tag,since,reason\n" + lines, to: archive + "/withdrawn.csv")
    }

    /// Into `output`, or another folder.
    @discardableResult
    func build(
        into other: String? = nil, templates: String? = nil, isWhole: Bool = false,
        lookingAt count: Int? = nil
    ) throws -> BuildReport {
        var build = SiteBuild(
            archive: ArchiveReader(folder: archive), settings: settings,
            templates: templates ?? Repository.folder + "/Templates",
            chartScript: folder + "/chart.js", output: other ?? output, isWhole: isWhole,
            looksAtAll: count == nil)
        if let count { build.lookedAt = count }
        if let basedFrom { build.basedFrom = basedFrom }
        // As if the archive had been written a while ago.
        build.clock = { FileStamp.now + 10_000_000_000 }
        return try build.run()
    }

    /// Archives a window of each of these sources, as far as there is none yet; nil for a gap. Every second
    /// hashtag trends; in the tail there are a few more.
    func archive(_ lists: [String: [String]?], at slot: Timestamp) throws {
        for (source, list) in lists.sorted(by: { $0.key < $1.key }) {
            var seen: Set<String> = []
            let tags = (list ?? []).filter { seen.insert($0).inserted }
            let top = tags.enumerated().map { index, tag in
                TopRow(
                    slot: slot, source: source, rank: index + 1, tag: tag.lowercased(),
                    spelling: tag, posts: 90 - index, accounts: 80 - index, expected: 30, score: 20)
            }
            var window = madeWindow(slot, source, status: list == nil ? .missing : .complete)
            (window.posts, window.accounts, window.tags) = (1000, 500, tags.count)
            let trending = top.filter { !$0.rank.isMultiple(of: 2) }.enumerated().map { rank, row in
                var row = row
                row.rank = rank + 1
                return row
            }
            do throws(ArchiveError) {
                let more = (0..<5).map { "t\($0)" }.filter { !seen.contains($0) }
                let tail = (top.map(\.tag) + more).enumerated().map { index, tag in
                    TailRow(
                        slot: slot, source: source, tag: tag,
                        posts: top.indices.contains(index) ? top[index].posts : 9,
                        accounts: top.indices.contains(index) ? top[index].accounts : 9 - index % 3)
                }
                let context = hasContext ? context(of: top) : ([], [])
                try ArchiveWriter(folder: archive).append(
                    window, top: top, trending: trending, tail: list == nil ? [] : tail,
                    related: context.0, links: context.1)
            } catch {
                guard case .alreadyArchived = error else { throw error }
            }
        }
    }

    /// Each hashtag of a list with the next two, of which the first makes a story, and every second one with a page.
    private func context(of top: [TopRow]) -> ([RelatedRow], [LinkRow]) {
        let related = top.indices.flatMap { index in
            [1, 2].map { top[(index + $0) % top.count] }.enumerated().map { place, other in
                RelatedRow(
                    slot: top[index].slot, source: top[index].source, tag: top[index].tag,
                    other: other.tag, accounts: 30 - 20 * place)
            }
        }
        let links = top.filter { $0.rank.isMultiple(of: 2) }.map { row in
            LinkRow(
                slot: row.slot, source: row.source, tag: row.tag,
                url: "https://a.example/\(row.tag)", title: row.tag, accounts: 9)
        }
        return (related, links)
    }

    /// The paths at which another site is not the same as this one.
    func differences(from other: String) throws -> [String] {
        let (here, there) = (try Folder.files(below: output), try Folder.files(below: other))
        return try Set(here).symmetricDifference(there).sorted()
            + here.filter { path in
                try there.contains(path)
                    && WholeFile.read(output + "/" + path) != WholeFile.read(other + "/" + path)
            }
    }

    /// Inode and modification time of every file of the site, by path.
    func identities() throws -> [String: [Int64]] {
        var found: [String: [Int64]] = [:]
        for path in try Folder.files(below: output) where path != OutputFolder.marker {
            let stamp = try FileStamp(output + "/" + path, now: .max)
            found[path] = [stamp.inode, stamp.modified]
        }
        return found
    }

    func history() throws -> History {
        let reader = ArchiveReader(folder: archive)
        let withdrawn = try reader.withdrawals()
        let update = try ArchiveUpdate(
            archive: reader, places: settings.top, withdrawn: withdrawn, tables: ArchiveTables(),
            stamps: ArchiveStamps(), now: FileStamp.now)
        return History(
            update.tables, withdrawn: withdrawn, settings: settings)
    }

    func site() throws -> Site {
        let history = try history()
        return Site(
            history: history, settings: settings,
            tails: try RecentTails(history, in: ArchiveReader(folder: archive)),
            tagTails: try TagTails(history, of: nil, in: ArchiveReader(folder: archive)),
            contexts: try Contexts(history, .everything, in: ArchiveReader(folder: archive)))
    }

    /// A file of the built site.
    func file(_ path: String) throws -> String {
        String(decoding: try WholeFile.read(output + "/" + path), as: UTF8.self)
    }

    /// Every file of the built site with its text.
    func files() throws -> [(path: String, text: String)] {
        try Folder.files(below: output).map { ($0, try file($0)) }
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
