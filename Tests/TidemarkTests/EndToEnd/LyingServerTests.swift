import Foundation
import Support
import Testing

/// Servers that lie: future times, ids of others, endless tags and endless numbers of them.
///
/// They cost the posts they lie about, no memory, and nothing else; each has a reason in the window's
/// row.
@Suite("a server that lies")
struct LyingServerTests {
    // Spelled out by the servers, see `Tests/Peers/lies.py`.
    private static let endless = #""@@10000000x@@""#
    private static func many(_ count: Int, _ tag: String) -> String { "@@\(count) \(tag)@@" }

    /// What the row of the source says of the posts, and why others are none.
    private struct Row {
        var posts = ""
        var duplicates = ""
        var reasons: [String: Int] = [:]

        init(_ folder: OperatorFolder) throws {
            let rows = folder.rows("windows/2026.csv")
            try #require(rows.count == 1, "\(rows)")
            let cells = rows[0].split(separator: ",", omittingEmptySubsequences: false)
            (posts, duplicates) = ("\(cells[6])", "\(cells[10])")
            for reason in cells[15].split(separator: " ") {
                let parts = reason.split(separator: "=")
                reasons["\(parts[0])"] = Int(parts[1])
            }
            let dropped = reasons.filter { !$0.key.hasPrefix("tag_") }
            #expect(dropped.values.reduce(0, +) == Int(cells[11]))
        }
    }

    /// The row of a run, which ends by `code` and within bounded memory.
    private func row(
        _ path: String, _ source: String, now: String = OperatorFolder.now, code: Int32
    ) async throws -> Row {
        var folder = try OperatorFolder(path, "sources:\n  liar: \(source)")
        if !source.contains("bluesky") {
            folder.environment = ["TIDEMARK_SOURCES_LIAR_TOKEN": "hunter2"]
        }
        let run = try await MeasuredRun.tidemark(["snapshot", "--now", now], in: folder)
        #expect(run.program.code == code, "\(run.program)")
        // A debug build takes 60 MB for nothing, and a post of 4 MiB with 300,000 tags as much again.
        #expect(run.peakBytes < 200_000_000)
        return try Row(folder)
    }

    @Test(
        "as Jetstream, version 1 and 2", .timeLimit(.minutes(10)),
        arguments: ["/subscribe", "/xrpc/network.bsky.jetstream.subscribeEvents"])
    func jetstream(protocolPath: String) async throws {
        let isSecond = protocolPath != "/subscribe"
        let start = 1_795_327_200
        func event(_ author: Int, _ time: Int, _ tags: String) -> String {
            let rest =
                #""rev":"3l\#(author)","operation":"create","collection":"app.bsky.feed.post","rkey":"1","#
                + #""record":{"text":"","tags":[\#(tags)]}}"#
            let date = Date(timeIntervalSince1970: Double(time)).ISO8601Format()
            return isSecond
                ? #"{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#commit","#
                    + #""did":"did:plc:\#(author)","time":"\#(date)",\#(rest)}"#
                : #"{"did":"did:plc:\#(author)","time_us":\#(time)000000,"kind":"commit","commit":{\#(rest)}"#
        }
        // All posts have the same key, and are of different authors.
        var lines = (0..<390).map { event($0, start + $0 * 60, #""tide""#) }
        lines.insert(event(900, 253_370_764_800, #""future""#), at: 90)
        lines.insert(event(901, 0, #""past""#), at: 120)
        lines.insert(event(902, start + 5, Self.many(300_000, #""t#""#)), at: 180)
        lines.insert(event(903, start + 5, Self.endless), at: 200)
        lines.insert(event(904, start + 5, Self.many(1_000_000, #""t#""#)), at: 300)
        lines.insert(event(905, start + 5, #""@@1000000x@@""#), at: 320)
        try await withTemporaryFolder { [lines] path in
            try write(lines.joined(separator: "\n") + "\n", to: path + "/events")
            var script = JetstreamScript(path + "/events")
            script.raw = true
            try await withJetstream(script) { address in
                let row = try await row(
                    path + "/run", #"{ kind: bluesky, hosts: ["\#(address)\#(protocolPath)"] }"#,
                    now: "2026-11-22T12:31:00Z", code: 0)
                #expect(row.posts == "361")
                #expect(
                    Set(row.reasons.keys) == ["invalid", "max_tags", "mistimed", "tag_too_long"])
                #expect(row.reasons["tag_too_long"] == 1)
                #expect(row.reasons["max_tags"] == 1)
                // What cannot be read may have been cut off, and is asked for once more.
                #expect(row.reasons["invalid", default: 0] >= 2)
                #expect(row.reasons["mistimed", default: 0] >= 2)
            }
        }
    }

    private static func status(
        _ number: Int, _ author: Int, _ tags: String, year: Int = 2026
    )
        -> String
    {
        let id = (1_795_327_200_000 + number * 60_000) << 16
        return
            #"{"id":"\#(id)","uri":"https://a.example/\#(number)","created_at":"\#(year)-11-22T06:00:00.000Z","#
            + #""content":"","tags":[\#(tags)],"account":{"acct":"a\#(author)"}}"#
    }

    private static let lyingStatuses =
        (0..<100).map { status($0, $0, #"{"name":"tide"}"#) }
        + (0..<50).map { status(7, 100 + $0, #"{"name":"stolen"}"#) }
        + [
            status(200, 1, #"{"name":"future"}"#, year: 9999),
            status(201, 1, many(200_000, ##"{"name":"t#"}"##)),
            status(202, 1, #"{"name":\#(endless)}"#),
            status(203, 1, many(1_000_000, ##"{"name":"t#"}"##)),
            status(204, 1, #"{"name":"last"}"#),
        ]

    @Test("as Mastodon's streams", .timeLimit(.minutes(10)))
    func stream() async throws {
        try await withTemporaryFolder { path in
            let events = Self.lyingStatuses.map { "event: update\ndata: \($0)\n\n" }
            try write(events.joined(), to: path + "/events")
            try await withMastodonPeer(
                #"{"stream":[[{"file":"\#(path)/events"}]],"faults":{"2":401}}"#
            ) { address in
                let row = try await row(
                    path + "/run", #"{ kind: mastodon, servers: ["\#(address)"], mode: stream }"#,
                    code: 2)
                // A stream's window goes by when a post comes, not by what it says.
                #expect(row.posts == "102")
                #expect(row.duplicates == "50")
                #expect(row.reasons == ["invalid": 2, "max_tags": 1])
            }
        }
    }

    @Test("as Mastodon's timelines", .timeLimit(.minutes(10)))
    func timeline() async throws {
        try await withTemporaryFolder { path in
            let statuses = (0..<100).map { Self.status($0, $0, #"{"name":"tide"}"#) }
            try write(statuses.joined(separator: "\n") + "\n", to: path + "/statuses")
            try await withMastodonPeer(
                #"{"statuses":"\#(path)/statuses","faults":{"2":"tags","3":"future"}}"#
            ) { address in
                let row = try await row(
                    path + "/run", #"{ kind: mastodon, servers: ["\#(address)"] }"#,
                    now: "2026-11-22T12:01:00Z", code: 0)
                #expect(row.posts == "100")
                // The two statuses that are too long, and a page with times to come.
                #expect(row.reasons == ["invalid": 42])
            }
        }
    }

    @Test("as X", .timeLimit(.minutes(10)))
    func x() async throws {
        func post(_ id: Int, _ author: Int, _ tags: String, year: Int = 2026) -> String {
            #"{"data":{"id":"\#(id)","text":"","author_id":"\#(author)","created_at":"\#(year)-11-22T06:00:00.000Z","#
                + #""entities":{"hashtags":[\#(tags)]}}}"#
        }
        let posts =
            (0..<100).map { post($0, $0, #"{"tag":"tide"}"#) }
            + (0..<50).map { post(7, 100 + $0, #"{"tag":"stolen"}"#) }
            + [
                post(200, 1, #"{"tag":"future"}"#, year: 9999),
                post(201, 1, Self.many(200_000, ##"{"tag":"t#"}"##)),
                post(202, 1, #"{"tag":\#(Self.endless)}"#),
                post(203, 1, Self.many(1_000_000, ##"{"tag":"t#"}"##)),
                post(204, 1, #"{"tag":"last"}"#),
            ]
        try await withTemporaryFolder { path in
            try write(posts.joined(separator: "\n") + "\n", to: path + "/posts")
            try await withXPeer(
                #"{"posts":"\#(path)/posts","streams":[["all"],401]}"#
            ) { address in
                let row = try await row(
                    path + "/run", #"{ kind: x, server: "\#(address)", rules: ["tide"] }"#, code: 2)
                #expect(row.posts == "102")
                #expect(row.duplicates == "50")
                #expect(row.reasons == ["invalid": 2, "max_tags": 1])
            }
        }
    }
}
