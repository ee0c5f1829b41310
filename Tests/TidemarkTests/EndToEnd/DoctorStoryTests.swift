import Foundation
import Support
import Testing
import Transport

/// `tidemark doctor`, beside servers that are well and servers that are not.
@Suite("tidemark doctor")
struct DoctorStoryTests {
    private static let library = "ok     libraries: libcurl \(CurlLibrary.version) with WebSocket"

    @Test("works with nothing configured")
    func nothing() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.tidemark("doctor", in: folder)
            #expect(run.code == 0 && run.errors == "")
            #expect(
                run.output == """
                    ok     configuration: no file, so the demonstration is built; tidemark init writes one to begin with
                    \(Self.library)
                    ok     archive: archive can be made
                    ok     output: public can be made
                    ok     sources.sample: needs nothing from outside
                    note   clock: not compared, as no server was asked that tells the time
                    note   publish.bucket: not set, so the site stays in public

                    """)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test("says that all is well, with the tokens that are right")
    func well() async throws {
        try await withTemporaryFolder { path in
            try await withMastodonPeer(
                #"{"token":"hunter2","stream":[[]]}"#
            ) { town in
                try await withXPeer(
                    #"{"token":"hunter3","rules":[{"id":"1","value":"a","tag":"z"}]}"#
                ) { x in
                    var folder = try OperatorFolder(
                        path,
                        """
                        sources:
                          live: { kind: mastodon, servers: ["\(town)"], mode: stream }
                          x: { kind: x, server: "\(x)", rules: [a] }
                          file: { kind: file, paths: [v1.ndjson], format: v1 }
                        """)
                    folder.environment = [
                        "TIDEMARK_SOURCES_LIVE_TOKEN": "hunter2",
                        "TIDEMARK_SOURCES_X_TOKEN": "hunter3",
                    ]
                    let run = try await folder.tidemark("doctor")
                    #expect(run.code == 0 && run.errors == "")
                    #expect(
                        run.output
                            == """
                            ok     configuration: tidemark.yaml
                            \(Self.library)
                            ok     archive: archive can be made
                            ok     output: public can be made
                            ok     sources.file: v1.ndjson: can be read
                            ok     sources.live: \(town): version 4.5.0, its streams open with the token
                            ok     sources.x: \(x): takes the token; rules of the app: 0 of ours, 1 of others
                            ok     sources.x: budget: 0 posts paid for this month; 1000 left in a window, by the budget of 1000 posts
                            ok     clock: within 0 s of \(town)
                            note   publish.bucket: not set, so the site stays in public

                            """.replacing("within 0 s of \(town)", with: clock(in: run.output)))
                    // No stream of X was opened: it would have cost money.
                    let seen = try await HTTPClient().send(Request(.get, Address(x + "/seen"))).body
                    #expect(!String(decoding: seen, as: UTF8.self).contains("search/stream?"))
                }
            }
        }
    }

    /// How near the clock is is not ours to decide.
    private func clock(in output: String) -> String {
        output.firstMatch(of: #/clock: (within [01] s of \S+)/#).map { String($0.1) } ?? "no clock"
    }

    @Test("says of each thing that would fail a run what is wrong and what to do, and ends with 1")
    func wrong() async throws {
        try await withTemporaryFolder { path in
            try await withMastodonPeer(#"{"token":"other","clock":-4000}"#) { town in
                try await withXPeer(#"{"token":"other"}"#) { x in
                    var folder = try OperatorFolder(
                        path,
                        """
                        sources:
                          fedi: { kind: mastodon, servers: ["\(town)"] }
                          x: { kind: x, server: "\(x)", rules: [a] }
                          file: { kind: file, paths: [gone.gz], format: v1 }
                        archive: v1.ndjson
                        publish: { bucket: site, region: eu-central-1 }
                        """)
                    folder.environment = [
                        "TIDEMARK_SOURCES_FEDI_TOKEN": "hunter2",
                        "TIDEMARK_SOURCES_X_TOKEN": "hunter3",
                        "AWS_EC2_METADATA_DISABLED": "true",
                    ]
                    let run = try await folder.tidemark("doctor", "--verbose")
                    #expect(run.code == 1 && run.errors == "")
                    let lines = run.output.split(separator: "\n").map(String.init)
                    #expect(
                        lines.dropLast() == [
                            "ok     configuration: tidemark.yaml", Self.library,
                            "wrong  archive: v1.ndjson is not a folder",
                            "ok     output: public can be made",
                            "wrong  sources.fedi: \(town): refuses the token of TIDEMARK_SOURCES_FEDI_TOKEN (401); it needs the scope read:statuses",
                            "wrong  sources.file: gone.gz: cannot be read: No such file or directory",
                            "wrong  sources.x: \(x): refuses the token of TIDEMARK_SOURCES_X_TOKEN (401)",
                            "wrong  sources.x: budget: v1.ndjson/spending/2026.csv: cannot be read: Not a directory",
                            lines.first { $0.contains("clock") } ?? "",
                        ])
                    #expect(
                        lines.contains { $0.contains(#/^wrong  clock: 39\d\d|400\d s ahead of/#) })
                    #expect(
                        lines.last?.hasPrefix("wrong  publish.bucket: no AWS credentials found in ")
                            == true)
                    #expect(!run.output.contains("hunter"))
                }
            }
        }
    }

    @Test(
        "writes an object into the bucket and deletes it, compares the clocks, and names the credential that was used",
        .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func bucket() async throws {
        try await withTemporaryFolder { path in
            try await withS3Peer { peer in
                var folder = try OperatorFolder(path)
                folder.publish(to: peer)
                let run = try await folder.tidemark("doctor")
                #expect(run.errors == "")
                let line = run.output.split(separator: "\n").first {
                    $0.contains("publish.bucket: site takes")
                }
                #expect(
                    line?.hasPrefix(
                        "ok     publish.bucket: site takes and deletes objects with the credentials of "
                    ) == true
                        && line?.contains("AWS_ACCESS_KEY_ID") == true
                        && line?.contains("profile") == false,
                    "\(run.output)")
                #expect(
                    run.output.contains(#/ok     clock: within \d s of site\n/#), "\(run.output)")
                #expect(try await BucketState(peer).contents.isEmpty)
            }
        }
    }

    @Test(
        "says what instances serve, and that one shows nothing", arguments: ["public", "disabled"])
    func instances(access: String) async throws {
        try await withTemporaryFolder { path in
            let told =
                #"{"says":{"configuration":{"timelines_access":{"live_feeds":{"local":"\#(access)","remote":"\#(access)"}}}}}"#
            try await withMastodonPeer(told) { town in
                let folder = try OperatorFolder(
                    path, "sources: { fedi: { kind: mastodon, servers: [\"\(town)\"] } }")
                let run = try await folder.tidemark("doctor")
                let line =
                    run.output.split(separator: "\n").first { $0.contains(" sources.fedi: ") } ?? ""
                if access == "public" {
                    #expect(
                        run.code == 0
                            && line.contains(
                                "version 4.5.0, its timelines can be read without a token, it offers"
                            ), "\(line)")
                } else {
                    #expect(
                        run.code == 1
                            && line.hasPrefix(
                                "wrong  sources.fedi: \(town): does not show its own posts (live_feeds.local: disabled)"
                            ), "\(line)")
                    #expect(
                        line.hasSuffix(
                            "so nothing can be counted; name another server, or a token of one of its users"
                        ), "\(line)")
                }
            }
        }
    }

    @Test("knows sources that the environment names, and says what to do about one that is gone")
    func environment() async throws {
        try await withTemporaryFolder { folder in
            let run = try await ProgramRun.tidemark(
                "doctor", in: folder,
                environment: [
                    "TIDEMARK_SOURCES_SKY_KIND": "bluesky",
                    "TIDEMARK_SOURCES_SKY_HOSTS": "ws://127.0.0.1:1",
                ])
            let lines = run.output.split(separator: "\n")
            #expect(run.code == 1)
            #expect(
                lines.first
                    == "ok     configuration: no file: the sources come from the environment and flags"
            )
            #expect(
                lines.contains {
                    $0.hasPrefix(
                        "wrong  sources.sky: ws://127.0.0.1:1/subscribe: Failed to connect")
                        && $0.hasSuffix(
                            "; is the server running, and does every firewall let this machine through?"
                        )
                }, "\(run.output)")
        }
    }

    @Test("a configuration that cannot be read is one of the things that are wrong")
    func configuration() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path, "windw: { top: 3 }")
            let run = try await folder.tidemark("doctor")
            #expect(run.code == 1 && run.errors == "")
            #expect(
                run.output
                    == "wrong  configuration: tidemark.yaml:3: windw: unknown key\n\(Self.library)\n"
            )
        }
    }
}
