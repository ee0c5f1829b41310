import Foundation
import Support
import Testing

@testable import Decode

/// The whole way, by the built program: recordings, archive, site, a server that checks signatures.
@Suite(
    "tidemark publish to a bucket",
    .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
struct PublishStoryTests {
    @Test(
        "recordings become a site in a bucket; again is nothing; a new one uploads what it changed")
    func story() async throws {
        try await withS3Peer { peer in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                folder.publish(to: peer)
                // One of the recordings is compressed.
                _ = try await ProgramRun.program("/bin/gzip", ["jetstream.ndjson"], in: path)
                try write(
                    folder.configuration.replacing("jetstream.ndjson", with: "jetstream.ndjson.gz"),
                    to: "\(path)/tidemark.yaml")

                // Cron sees nothing.
                let first = try await folder.tidemark("publish")
                #expect(first == ProgramRun(code: 0, output: "", errors: ""))
                expectArchive(folder)
                let state = try folder.state()
                let bucket = try await BucketState(peer)
                #expect(bucket.contents == state.contents(of: "public"))
                for (key, object) in bucket.objects {
                    #expect(object.type == Self.type(of: key), "\(key)")
                    #expect(object.cache == Self.cache(of: key), "\(key)")
                }
                try expectPublished(folder)

                let second = try await folder.tidemark("publish", "--verbose")
                #expect(second.code == 0)
                let count = bucket.objects.count
                let pageCount = bucket.objects.keys.count { $0.hasSuffix(".html") }
                #expect(
                    second.errors == """
                        No slot is due: every one of birds, later, sky, towns is archived.
                        public: \(pageCount) pages, \(count) files; 0 written, 0 removed, \(count) unchanged.
                        site: 0 uploaded (0 bytes), 0 deleted, \(count) unchanged, 1 request.

                        """)
                #expect(try folder.state().changes(since: state) == [])
                #expect(try await BucketState(peer).changes(since: bucket) == [])

                // The next slot of one source.
                let third = try await folder.tidemark(
                    "publish", "--sources.sky.paths", "jetstream.ndjson.gz, jetstream-later.ndjson")
                #expect(third == ProgramRun(code: 0, output: "", errors: ""))
                let changed = try await BucketState(peer).changes(since: bucket)
                #expect(Self.ofTheNextSlot.isSubset(of: changed))
                #expect(changed.filter { $0.contains(Self.ofOtherSlots) } == [])
                #expect(
                    try await BucketState(peer).contents == folder.state().contents(of: "public"))
                let untouched = try folder.state().changes(since: state)
                    .filter {
                        $0.hasPrefix("public/") && !changed.contains(String($0.dropFirst(7)))
                    }
                #expect(untouched == ["public/.tidemark-site"])

                let dry = try await folder.tidemark("sync", "--dry-run")
                #expect(
                    dry
                        == ProgramRun(
                            code: 0,
                            output: "0 to upload (0 bytes), 0 to delete, \(count + 1) unchanged\n",
                            errors: ""))
            }
        }
    }

    private func expectArchive(_ folder: OperatorFolder) {
        #expect(
            folder.text("archive/windows/2026.csv").hasPrefix(
                "slot,source,start,end,status,coverage,posts,tagged,accounts,tags,duplicates,"
                    + "dropped,reconnects,version,held,reasons,note,rules,rows\n"))
        #expect(
            folder.rows("windows/2026.csv").map(OperatorFolder.withoutRules) == [
                "2026-11-20T12:00:00Z,later,2026-11-20T12:00:00Z,2026-11-20T18:00:00Z,complete,1.0000,3,3,3,2,0,0,0,0.1.0,0,,,3",
                "2026-11-20T18:00:00Z,birds,2026-11-20T18:00:00Z,2026-11-21T00:00:00Z,complete,1.0000,6,6,5,3,0,2,0,0.1.0,0,deleted=1 repost=1,,6",
                "2026-11-21T00:00:00Z,sky,2026-11-21T00:00:00Z,2026-11-21T06:00:00Z,complete,1.0000,4,4,4,2,1,1,0,0.1.0,0,removed_with_account=1,,4",
                "2026-11-21T06:00:00Z,sky,2026-11-21T06:00:00Z,2026-11-21T12:00:00Z,complete,1.0000,3,3,3,2,0,0,0,0.1.0,0,,,3",
                "2026-11-21T12:00:00Z,towns,2026-11-21T12:00:00Z,2026-11-21T18:00:00Z,complete,1.0000,3,3,3,3,0,3,0,0.1.0,0,bot=1 deleted=1 sensitive=1,,4",
            ])
        #expect(
            folder.text("archive/top/2026/2026-11-20.csv").hasPrefix(
                "slot,source,rank,tag,spelling,posts,accounts,expected,score,bounds\n"))
        #expect(
            folder.rows("top/2026/2026-11-20.csv") == [
                "2026-11-20T12:00:00Z,later,1,harbour,harbour,2,2,,,",
                "2026-11-20T12:00:00Z,later,2,kites,Kites,1,1,,,",
                "2026-11-20T18:00:00Z,birds,1,tidewatch,TideWatch,3,3,,,",
                "2026-11-20T18:00:00Z,birds,2,café,café,2,2,,,",
                "2026-11-20T18:00:00Z,birds,3,coffee,coffee,2,2,,,",
            ])
        #expect(
            folder.rows("top/2026/2026-11-21.csv") == [
                "2026-11-21T00:00:00Z,sky,1,lighthouse,lighthouse,3,3,,,",
                "2026-11-21T00:00:00Z,sky,2,写真,写真,2,2,,,",
                "2026-11-21T06:00:00Z,sky,1,<script>alert(1)</script>,<script>alert(1)</script>,2,2,,,",
                "2026-11-21T06:00:00Z,sky,2,lighthouse,lighthouse,1,1,,,",
                "2026-11-21T12:00:00Z,towns,1,slowtrains,SlowTrains,2,2,,,",
                "2026-11-21T12:00:00Z,towns,2,'=1+1,'=1+1,1,1,,,",
                "2026-11-21T12:00:00Z,towns,3,birdsong,birdsong,1,1,,,",
            ])
        #expect(
            folder.rows("tail/2026/2026-11-20.csv") == [
                "2026-11-20T12:00:00Z,later,harbour,2,2",
                "2026-11-20T18:00:00Z,birds,café,2,2",
                "2026-11-20T18:00:00Z,birds,coffee,2,2",
                "2026-11-20T18:00:00Z,birds,tidewatch,3,3",
            ])
        #expect(
            folder.rows("tail/2026/2026-11-21.csv") == [
                "2026-11-21T00:00:00Z,sky,lighthouse,3,3",
                "2026-11-21T00:00:00Z,sky,写真,2,2",
                "2026-11-21T06:00:00Z,sky,<script>alert(1)</script>,2,2",
                "2026-11-21T12:00:00Z,towns,slowtrains,2,2",
            ])
    }

    /// `latest.json`, the feed and the front page say what the archive does.
    private func expectPublished(_ folder: OperatorFolder) throws {
        let latest = try JSONDecoder().decode(
            Latest.self, from: Data(folder.text("public/data/latest.json").utf8))
        #expect(
            latest.lines == [
                "2026-11-20T12:00:00Z,later,1,harbour,harbour,2,2",
                "2026-11-20T12:00:00Z,later,2,kites,Kites,1,1",
                "2026-11-20T18:00:00Z,birds,1,tidewatch,TideWatch,3,3",
                "2026-11-20T18:00:00Z,birds,2,café,café,2,2",
                "2026-11-20T18:00:00Z,birds,3,coffee,coffee,2,2",
                "2026-11-21T06:00:00Z,sky,1,<script>alert(1)</script>,<script>alert(1)</script>,2,2",
                "2026-11-21T06:00:00Z,sky,2,lighthouse,lighthouse,1,1",
                "2026-11-21T12:00:00Z,towns,1,slowtrains,SlowTrains,2,2",
                "2026-11-21T12:00:00Z,towns,2,=1+1,=1+1,1,1",
                "2026-11-21T12:00:00Z,towns,3,birdsong,birdsong,1,1",
            ])

        let listed = latest.sources.flatMap { source in
            folder.text("public/sources/\(source.name)/index.html").matches(
                of:
                    #/<th scope="row"><span class="entry"><a [^>]*><bdi>#(.*?)</bdi>.*\n<td class="number" [^>]*>(\d+)</td>\n<td class="number" [^>]*>(\d+)</td>/#
            ).map { "\($0.1) \($0.2) \($0.3)" }
        }
        let shown = latest.sources.flatMap(\.window.top).map {
            "\(Self.escaped($0.spelling)) \($0.accounts) \($0.posts)"
        }
        #expect(listed == shown)
        let front = folder.text("public/index.html")
        for entry in latest.sources.last?.window.top ?? [] {
            #expect(front.contains("<bdi>#\(Self.escaped(entry.spelling))</bdi>"))
        }
        #expect(!(front + folder.text("public/sources/sky/index.html")).contains("<script>alert"))

        let feed = folder.text("public/feed.xml")
        let titles = feed.matches(of: #/<item>\n<title>(.*?)</title>/#).map { String($0.1) }
        #expect(
            titles == [
                "#SlowTrains, #=1+1, #birdsong – 21 Nov, 12:00–18:00 UTC, towns",
                "#&lt;script&gt;alert(1)&lt;/script&gt;, #lighthouse – 21 Nov, 06:00–12:00 UTC, sky",
                "#lighthouse, #写真 – 21 Nov, 00:00–06:00 UTC, sky",
                "#TideWatch, #café, #coffee – 20 Nov, 18:00–24:00 UTC, birds",
                "#harbour, #Kites – 20 Nov, 12:00–18:00 UTC, later",
            ])
        #expect(feed.contains("6 posts. Complete."))
        #expect(
            folder.text("public/data/top/2026/2026-11-20.csv")
                == folder.text("archive/top/2026/2026-11-20.csv"))
    }

    private struct Latest: Decodable {
        struct Source: Decodable {
            var name: String
            var window: Window
        }
        struct Window: Decodable {
            var slot: String
            var top: [Entry]
        }
        struct Entry: Decodable {
            var rank: Int
            var tag: String
            var spelling: String
            var posts: Int
            var accounts: Int
        }

        var sources: [Source]

        /// As the archive has them, without the guard of formulas.
        var lines: [String] {
            sources.flatMap { source in
                source.window.top.map {
                    "\(source.window.slot),\(source.name),\($0.rank),\($0.tag),\($0.spelling),"
                        + "\($0.posts),\($0.accounts)"
                }
            }.sorted()
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func type(of key: String) -> String {
        let types = [
            ".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8; header=present",
            ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
            ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json",
            ".xml": "application/xml",
            ".txt": "text/plain; charset=utf-8", ".cff": "text/plain; charset=utf-8",
        ]
        if key == "feed.xml" { return "application/rss+xml; charset=utf-8" }
        return types.first { key.hasSuffix($0.key) }?.value ?? ""
    }

    private static func cache(of key: String) -> String {
        key.hasPrefix("assets/")
            ? "public, max-age=31536000, immutable"
            : "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
    }

    private static let ofTheNextSlot: Set = [
        "2026/11/21/index.html", "2026/11/21/18/index.html", "data/latest.json",
        "data/tail/2026/2026-11-21.csv",
        "data/top/2026/2026-11-21.csv", "data/windows/2026.csv", "feed.xml", "index.html",
        "tags/kites/index.html", "tags/lighthouse/index.html",
    ]
    nonisolated(unsafe) private static let ofOtherSlots =
        #/^assets/|2026-11-20\.csv$|^2026/11/20/|^tags/(café|coffee|harbour|tidewatch)/|^(404\.html|robots\.txt)$/#
}
