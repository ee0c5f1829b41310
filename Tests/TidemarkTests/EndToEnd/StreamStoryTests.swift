import Foundation
import Support
import Testing

/// Mastodon and X as an operator has them, by the built program.
@Suite("live sources")
struct StreamStoryTests {
    private static let post =
        #"{"data":{"id":"1","text":"","author_id":"7","entities":{"hashtags":[{"tag":"Tide"}]}}}"#
    /// Anything a peer could make us say.
    private static let secret = "hunter2-the-token"

    /// A configuration with a source of each kind.
    private func folder(
        _ path: String, town: String, x: String, mode: String = "stream", more: String = ""
    ) throws -> OperatorFolder {
        var folder = try OperatorFolder(
            path,
            """
            window: { length: 50m }
            sources:
              town: { kind: mastodon, servers: ["\(town)"], mode: \(mode) }
              x: { kind: x, server: "\(x)", rules: ["#tide"], budgetPosts: 250 }
            \(more)
            """)
        folder.environment = [
            "TIDEMARK_SOURCES_TOWN_TOKEN": Self.secret, "TIDEMARK_SOURCES_X_TOKEN": Self.secret,
        ]
        return folder
    }

    /// The rows of all windows: source, status, posts and note.
    private func windows(_ folder: OperatorFolder) -> [String] {
        folder.rows("windows/2026.csv").map { row in
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            return [cells[1], cells[4], cells[6], cells[16]].joined(separator: " ")
        }
    }

    @Test(
        "a signal in a window archives what was read within two seconds", .timeLimit(.minutes(10)),
        arguments: [SIGTERM, SIGINT])
    func signalled(signal: Int32) async throws {
        try await withTemporaryFolder { path in
            let status =
                #"event: update\ndata: {\"id\":\"1\",\"content\":\"\",\"tags\":[{\"name\":\"a\"}],\"account\":{\"acct\":\"a\"}}\n\n"#
            try await withMastodonPeer(#"{"stream":[["\#(status)",{"hold":true}]]}"#) { town in
                try await withXPeer(#"{"posts":"made:120"}"#) { x in
                    let folder = try folder(path, town: town, x: x)
                    let program = try RunningProgram(
                        ["snapshot", "--now", OperatorFolder.now], in: folder)
                    // When posts are paid for a second time, the first hundred were read.
                    try await until {
                        folder.text("archive/spending/2026.csv").hasSuffix(
                            ",x,100,0\n2026-11-22T06:00:00Z,x,100,0\n")
                    }
                    let start = ContinuousClock.now
                    program.send(signal)
                    let run = await program.finish()
                    #expect(ContinuousClock.now - start < .seconds(2))
                    #expect(run.code == 128 + signal)
                    let rows = windows(folder)
                    #expect(
                        rows.contains("x partial 120 ") || rows.contains("x partial 100 "),
                        "\(rows)")
                    // What was paid for and not read was given back.
                    #expect(folder.text("archive/spending/2026.csv").contains(",x,0,"))
                }
            }
        }
    }

    @Test(
        "a run that is killed has paid for all it read, and the next one knows",
        .timeLimit(.minutes(10)))
    func killed() async throws {
        try await withTemporaryFolder { path in
            try await withXPeer(
                #"{"posts":"made:5000","streams":[[120,{"hold":true}],["all",{"hold":true}]]}"#
            ) { x in
                let folder = try folder(path, town: "http://127.0.0.1:1", x: x)
                let program = try RunningProgram(
                    ["snapshot", "--now", OperatorFolder.now], in: folder)
                try await until {
                    folder.text("archive/spending/2026.csv").split(separator: "\n").count == 3
                }
                program.send(SIGKILL)
                #expect(await program.finish().code == 128 + SIGKILL)
                let run = try await folder.tidemark("snapshot", "--window.length", "2s")
                #expect(run.code == 2)
                // 200 of the window's 250 were paid for by the run before.
                #expect(windows(folder).contains("x partial 50 budget of 250 posts reached"))
            }
        }
    }

    @Test("watch shows streams, and what costs money when it is named", .timeLimit(.minutes(10)))
    func watch() async throws {
        try await withTemporaryFolder { path in
            let status =
                #"event: update\ndata: {\"id\":\"1\",\"content\":\"\",\"tags\":[{\"name\":\"a\"}],\"account\":{\"acct\":\"a\"}}\n\n"#
            // The stream ends for good when it is opened a second time.
            let told = #"{"stream":[["\#(status)"]],"faults":{"2":401}}"#
            try await withMastodonPeer(told) { town in
                try await withXPeer(#"{"posts":"made:5000"}"#) { x in
                    let folder = try folder(path, town: town, x: x)
                    let free = try await folder.tidemark("watch")
                    #expect(free.output.contains("town  1 post by 1 account, 1 hashtag"))
                    #expect(!free.output.contains("x  "))
                    #expect(folder.text("archive/spending/2026.csv") == "")
                    let paid = try await folder.tidemark(
                        "watch", "x", "--now", OperatorFolder.now)
                    #expect(paid.code == 0, "\(paid)")
                    #expect(paid.output.contains("x  250 posts by 250 accounts, 40 hashtags"))
                    #expect(folder.text("archive/spending/2026.csv").contains(",x,50,0\n"))
                    #expect(folder.text("archive/windows/2026.csv") == "")
                    let nobody = try await folder.tidemark("watch", "nobody")
                    #expect(
                        nobody
                            == ProgramRun(
                                code: 78, output: "",
                                errors:
                                    "tidemark: there is no source nobody; see sources in the configuration\n"
                            ))
                }
            }
        }
    }

    /// Posts that go back from 06:00, one a minute, of 40 people; the server hides some of them.
    private static func statuses(
        _ count: Int, domain: String = "", hidden: Range<Int> = 0..<0
    ) -> String {
        (0..<count).map { index in
            let milliseconds = (1_795_327_200 - 30 - index * 60) * 1000
            let time = Date(timeIntervalSince1970: Double(milliseconds / 1000)).ISO8601Format()
            return
                #"{"id":"\#(milliseconds << 16)","uri":"https://a.example/\#(domain)\#(index)","created_at":"\#(time)","content":"","#
                + #""tags":[{"name":"tide"}],"account":{"id":"1","acct":"p\#(index % 40)\#(domain)"}"#
                + (hidden.contains(index) ? #","hidden":true}"# : "}")
        }.joined(separator: "\n")
    }

    /// What a server of Mastodon is told, how it is read, and the row that comes of it, or the reason why
    /// there is none.
    private static let towns: [(told: String, hidden: Range<Int>, mode: String, row: String)] = [
        ("", 0..<0, "rest", "town complete 360 "),
        (#""links":true"#, 40..<80, "rest", "town partial 320 * showed no posts from 04:39:"),
        ("", 100..<300, "rest", "town partial 160 * showed no posts from 00:59:30 to 04:20:30"),
        ("", 5..<6, "rest", "town partial 359 * left out posts on 1 of 9 pages"),
        (
            #""says":{"configuration":{"timelines_access":{"live_feeds":{"local":"public","remote":"disabled"}}}}"#,
            0..<0, "rest",
            "town partial 360 * does not show posts of other servers (live_feeds.remote: disabled)"
        ),
        (
            #""stream":[[":thump\n",{"hold":true}]],"says":{"configuration":{"timelines_access":{"live_feeds":{"local":"disabled","remote":"authenticated"}}}}"#,
            0..<0, "stream",
            "town partial 0 * does not show its own posts (live_feeds.local: disabled)"
        ),
        (
            #""stream":[[":thump\n",{"pause":0.5},":thump\n",{"hold":true}]]"#, 0..<0, "stream",
            "town complete 0 not one post came in all that time"
        ),
        (
            #""stream":[["foo: 1\revent: update\rdata: {\"id\":\"1\",\"content\":null,\"account\":null,\"tags\":[{\"name\":\"a\"}]}\r\r",{"hold":true}]]"#,
            0..<0, "stream", "town complete 1 "
        ),
        (#""always":420,"period":1"#, 0..<0, "rest", "! did not let all be read in time"),
    ]

    @Test(
        "what a server hides, switches off or says otherwise is told, and never complete",
        .timeLimit(.minutes(10)), arguments: towns.indices)
    func hidden(index: Int) async throws {
        let town = Self.towns[index]
        try await withTemporaryFolder { path in
            try write(Self.statuses(500, hidden: town.hidden), to: "\(path)/statuses")
            let told =
                #"{"statuses":"\#(path)/statuses"\#(town.told.isEmpty ? "" : ",")\#(town.told)}"#
            try await withMastodonPeer(told) { address in
                let folder = try OperatorFolder(
                    path,
                    "sources: { town: { kind: mastodon, servers: [\"\(address)\"], mode: \(town.mode) } }"
                )
                // Streams are read to the window's end.
                let run = try await folder.tidemark(
                    "snapshot", "--window.length", town.mode == "rest" ? "50s" : "2s")
                let rows = windows(folder)
                let parts = town.row.split(separator: "*").map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                if town.row.hasPrefix("!") {
                    #expect(rows == [] && run.errors.contains(town.row.dropFirst(2)), "\(run)")
                } else {
                    let row = rows.first ?? ""
                    #expect(parts.allSatisfy(row.contains) && rows.count == 1, "\(rows) \(run)")
                }
            }
        }
    }

    @Test("a person of a server whose handles have another domain is one", .timeLimit(.minutes(10)))
    func oneHandle() async throws {
        try await withTemporaryFolder { path in
            try write(Self.statuses(100), to: "\(path)/a")
            try write(Self.statuses(100, domain: "@Example.ORG."), to: "\(path)/b")
            let told =
                #"{"statuses":"\#(path)/a","says":{"domain":"gts.example.org","account_domain":"example.org"}}"#
            try await withMastodonPeer(told) { a in
                try await withMastodonPeer(#"{"statuses":"\#(path)/b","domain":"b.example"}"#) {
                    b in
                    let folder = try OperatorFolder(
                        path,
                        "sources: { town: { kind: mastodon, servers: [\"\(a)\", \"\(b)\"], mode: rest } }"
                    )
                    let run = try await folder.tidemark("snapshot")
                    let row = folder.rows("windows/2026.csv").first ?? ""
                    let cells = row.split(separator: ",", omittingEmptySubsequences: false)
                    #expect(
                        cells.count > 8 && cells[6] == "200" && cells[8] == "40", "\(row) \(run)")
                }
            }
        }
    }

    /// What X does on its streams, and the row of the window.
    private static let streams = [
        (
            #"[10,"{\"errors\":[{\"title\":\"Not Found Error\",\"resource_type\":\"tweet\"},{\"title\":\"Forbidden\"}]}\r\n",20,{"hold":true}]"#,
            "x complete 30 "
        ),
        (
            #"[10,"{\"errors\":[{\"title\":\"Not Found Error\"},{\"title\":\"operational-disconnect\"}]}\r\n",{"hold":true}],[20,{"hold":true}]"#,
            "x partial 30 the server ended the stream: operational-disconnect"
        ),
        (
            #"[10,"{\"title\":\"ConnectionException\",\"detail\":\"?\"}\r\n",{"hold":true}],[20,{"hold":true}]"#,
            "x partial 30 the server ended the stream: ConnectionException"
        ),
        (#"{"status":420,"headers":{"Retry-After":"1"}},["all",{"hold":true}]"#, "x partial 30 "),
        (#"{"status":408,"headers":{"Retry-After":"1"}},["all",{"hold":true}]"#, "x partial 30 "),
        (
            #"{"status":429,"headers":{"x-rate-limit-remaining":"48","x-rate-limit-reset":"9999999999","Retry-After":"1"}},["all",{"hold":true}]"#,
            "x partial 30 "
        ),
        (#"[10,{"drop":true}],["all",{"hold":true}]"#, "x partial 30 "),
    ]

    @Test(
        "X's errors of posts end nothing, and what its ends and limits cost is told",
        .timeLimit(.minutes(10)), arguments: streams)
    func interruptions(told: String, row: String) async throws {
        try await withTemporaryFolder { path in
            try await withXPeer(#"{"posts":"made:30","streams":[\#(told)]}"#) { x in
                let folder = try OperatorFolder(
                    path,
                    "sources: { x: { kind: x, server: \"\(x)\", rules: [\"#tide\"], budgetPosts: 250 } }"
                )
                let run = try await folder.tidemark("snapshot", "--window.length", "4s")
                let rows = windows(folder)
                #expect(rows.count == 1 && rows.first?.hasPrefix(row) == true, "\(rows) \(run)")
            }
        }
    }

    @Test(
        "no token is ever seen, whatever the servers say",
        arguments: [
            (#"{"always":"redirect"}"#, #"{"statuses":{"1":302}}"#),
            (#"{"always":401}"#, #"{"statuses":{"1":401}}"#),
            (#"{"always":"object"}"#, #"{"streams":[403]}"#),
            (#"{"always":"garbage"}"#, #"{"streams":[["hunter2-the-token\r\n"],302]}"#),
            (
                #"{"always":404}"#,
                #"{"streams":[["{\"title\":\"hunter2-the-token\"}\r\n"],["{\"errors\":[{\"title\":\"a\",\"disconnect_type\":\"hunter2-the-token\"}]}\r\n"],401]}"#
            ),
            (
                #"{"token":"hunter2-the-token"}"#,
                #"{"token":"hunter2-the-token","posts":"made:300"}"#
            ),
        ])
    func tokens(town: String, x: String) async throws {
        for mode in ["rest", "stream"] {
            try await withTemporaryFolder { path in
                try await withMastodonPeer(town) { town in
                    try await withXPeer(x) { x in
                        let folder = try folder(path, town: town, x: x, mode: mode)
                        let program = try RunningProgram(
                            [
                                "publish", "--verbose", "--now", OperatorFolder.now,
                                "--window.length", "1s",
                            ],
                            in: folder)
                        let line = try? String(
                            contentsOfFile: "/proc/\(program.identifier)/cmdline", encoding: .utf8)
                        let run = await program.finish()
                        let doctor = try await folder.tidemark("doctor", "--verbose")
                        let files = try FileManager.default.subpathsOfDirectory(atPath: path)
                        let texts = files.map { folder.text($0) } + files
                        for text in [
                            line ?? "", run.errors, run.output, doctor.errors, doctor.output,
                        ] + texts {
                            #expect(!text.contains("hunter2"), "\(text)")
                        }
                        #expect(
                            run.errors.contains("http://127.0.0.1:")
                                || run.errors.contains("budget"))
                    }
                }
            }
        }
    }
}
