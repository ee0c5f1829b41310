import Foundation
import Support
import Testing

/// Several collectors, a bucket, and publishers that close its slots.
@Suite(.enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
struct CollectStoryTests {
    private static let lines: [String] = (1...40).map { number in
        #"{"did":"did:example:p\#(number % 9)","time_us":\#(1_795_176_000_000_000 + number * 1_000_000),"#
            + #""commit":{"rev":"3lbsw5kzdqk2\#(number % 2 == 0 ? "2" : "z")","operation":"#
            + #""\#(number % 11 == 0 ? "delete" : "create")","collection":"app.bsky.feed.post","#
            + #""rkey":"\#(number % 7)","record":{"tags":["Tide","Kelp\#(number % 3)"]}}}"# + "\n"
    }
    private static let closing = "2026-11-20T18:25:00Z"

    /// A bucket, and who uses it.
    private struct Shore: Sendable {
        let path: String
        let peer: S3Peer
        var place = "s3://parts/private"

        init(_ path: String, _ peer: S3Peer) throws {
            (self.path, self.peer) = (path, peer)
            for (name, lines) in [
                ("a", lines[..<9]), ("b", lines[9..<30]), ("c", lines[30...]),
                ("whole", lines[...]),
            ] { try write(lines.joined(), to: "\(path)/\(name)") }
            try write("correct horse battery staple", to: path + "/secret")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: path + "/secret")
        }

        var environment: [String: String] {
            [
                "AWS_ACCESS_KEY_ID": peer.publisher.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": peer.publisher.secretAccessKey,
                "AWS_ENDPOINT_URL_S3": peer.endpoint, "TMPDIR": path,
                "TIDEMARK_PUBLISH_PATIENCE": "30s",
            ]
        }

        func publisher(_ name: String, deadline: String = "30m") throws -> OperatorFolder {
            var folder = try OperatorFolder(
                "\(path)/\(name)",
                "warnings: { coverage: 0% }\n"
                    + "sources: { sky: { kind: collect, members: [a, b, c], place: \"\(place)\", "
                    + "deadline: \(deadline) } }\n")
            folder.environment = environment
            return folder
        }

        func close(_ folder: OperatorFolder, at now: String = closing) async throws -> ProgramRun {
            try await run(["snapshot", "--now", now], in: folder.path, folder.environment)
        }

        /// Maps a share, as a collector does.
        func map(
            _ name: String, of file: String? = nil, _ more: [String] = [],
            _ environment: [String: String]? = nil
        ) async throws -> ProgramRun {
            try await run(
                [
                    "part", "map", "--format", "jetstream", "--salt-file", "secret", "--source",
                    "sky", "--name", name, "--output", place,
                ] + more + [file ?? name], in: path, environment ?? self.environment)
        }

        func run(
            _ arguments: [String], in folder: String, _ environment: [String: String]
        ) async throws -> ProgramRun {
            try await ProgramRun.program(
                Repository.product("tidemark"), arguments, in: folder, environment: environment)
        }

        /// What is left of parts on this machine.
        var left: [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: path))?
                .filter { $0.hasPrefix("tidemark-parts") } ?? ["?"]
        }

        func archive(_ folder: OperatorFolder) throws -> [String: Data] {
            var files: [String: Data] = [:]
            let archive = folder.path + "/archive"
            for path in try FileManager.default.subpathsOfDirectory(atPath: archive)
            where path.hasSuffix(".csv") {
                files[path] = FileManager.default.contents(atPath: "\(archive)/\(path)")
            }
            return files
        }
    }

    private func withShore(
        _ body: @Sendable (Shore) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            try await withS3Peer(buckets: ["parts", "site"]) { peer in
                try await body(Shore(path, peer))
            }
        }
    }

    @Test func `A publisher closes a slot once from what collectors put into a bucket`()
        async throws
    {
        try await withShore { shore in
            let alone = try OperatorFolder(
                shore.path + "/alone",
                "sources: { sky: { kind: file, paths: [../whole], format: jetstream } }\n")
            #expect(try await shore.close(alone).code == 0)
            let expected = try shore.archive(alone)
            let (one, other) = (try shore.publisher("one"), try shore.publisher("other"))

            // Nothing is there, then two of three before the deadline; each step is repeated.
            let empty = try await shore.close(one, at: "2026-11-20T18:10:00Z")
            #expect(empty.code == 0, "\(empty.errors)")
            for name in ["a", "a", "b"] {
                let made = try await shore.map(name)
                #expect(made.code == 0, "\(made.errors)")
                #expect(made.output == "s3://parts/private/20261120T12Z/\(name).part\n")
            }
            let early = try await shore.close(one, at: "2026-11-20T18:20:00Z")
            #expect(early.code == 0, "\(early.errors)")
            #expect(!FileManager.default.fileExists(atPath: one.path + "/archive/windows"))

            // Other posts under a name that is there, unless they are to take its place.
            let taken = try await shore.map("b", of: "c")
            #expect(taken.code == 3 && taken.errors.contains("b.part is there already"))
            #expect(try await shore.map("b", of: "c", ["--replace"]).code == 0)
            #expect(try await shore.map("b", ["--replace"]).code == 0)

            #expect(try await shore.map("c").code == 0)
            let run = try await shore.close(one)
            #expect(run.code == 0, "\(run.errors)")
            #expect(try shore.archive(one) == expected)

            // What comes late is not put there, and counted by nobody.
            let late = try await shore.map("b")
            #expect(late.code == 0 && late.errors.contains("comes too late"), "\(late.errors)")
            for folder in [other, one] {
                #expect(try await shore.close(folder, at: "2026-11-20T19:00:00Z").code == 0)
            }
            #expect(!FileManager.default.fileExists(atPath: other.path + "/archive/windows"))
            #expect(try shore.archive(one) == expected)
            #expect(shore.left == [])
        }
    }

    @Test func `Two publishers at once close a slot once, and without who is missing`() async throws
    {
        try await withShore { shore in
            for name in ["a", "b"] { #expect(try await shore.map(name).code == 0) }
            let folders = try ["one", "other"].map { try shore.publisher($0, deadline: "10m") }
            async let first = shore.close(folders[0])
            async let second = shore.close(folders[1])
            let runs = try await [first, second]
            for run in runs { #expect(run.code == 0, "\(run.errors)") }
            let rows = folders.flatMap { $0.rows("windows/2026.csv") }
            #expect(rows.count == 1 && rows[0].contains(",without c,"), "\(rows)")
        }
    }

    @Test func `A place that strangers can read is refused`() async throws {
        try await withShore { shore in
            var publisher = try shore.publisher("one")
            let well = try await publisher.tidemark("doctor")
            #expect(
                well.output.contains(
                    "ok     sources.sky: s3://parts/private: takes and deletes parts, and strangers cannot"
                ),
                "\(well.output)")

            // A policy that shows all of the bucket.
            publisher.environment["TIDEMARK_PUBLISH_BUCKET"] = "parts"
            publisher.environment["TIDEMARK_PUBLISH_PREFIX"] = "other"
            // This server has a policy and no website.
            #expect(try await publisher.tidemark("bucket", "--apply").code == 2)
            #expect(try await shore.map("a").code == 0)
            publisher.environment["TIDEMARK_PUBLISH_PREFIX"] = "private"
            #expect(try await publisher.tidemark("bucket", "--apply").code == 2)
            for site in ["elsewhere", "private", "private/site", ""] {
                publisher.environment["TIDEMARK_PUBLISH_PREFIX"] = site
                let run = try await shore.close(publisher)
                let expected =
                    site == "elsewhere"
                    ? "sky: s3://parts/private: anybody can read it, and parts hold salted hashes"
                    : "sky: s3://parts/private: the site is published there, and parts hold"
                #expect(run.code == 3 && run.errors.contains(expected), "\(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1)
            }
            let map = try await shore.map("b")
            #expect(map.code == 3 && map.errors.contains("anybody can read it"), "\(map.errors)")
            let doctor = try await publisher.tidemark("doctor")
            #expect(doctor.output.contains("wrong  sources.sky: s3://parts/private: the site is"))
            #expect(shore.left == [])
        }
    }

    @Test func `Who is not let in, and who finds nobody, says so in a sentence`() async throws {
        try await withShore { shore in
            let publisher = try shore.publisher("one")
            for (name, value, expected) in [
                ("AWS_ACCESS_KEY_ID", nil, "AWS_ACCESS_KEY_ID"),
                ("AWS_SECRET_ACCESS_KEY", "wrong", "the signature does not match"),
                ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9", "127.0.0.1:9"),
            ] as [(String, String?, String)] {
                var folder = publisher
                folder.environment[name] = value
                if name == "AWS_ENDPOINT_URL_S3" {
                    folder.environment["TIDEMARK_PUBLISH_PATIENCE"] = "1s"
                }
                let run = try await shore.close(folder)
                #expect(run.code == 1 && run.errors.contains(expected), "\(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1)
                if name != "AWS_ENDPOINT_URL_S3" {
                    let map = try await shore.map("a", [], folder.environment)
                    #expect(map.code != 0 && map.errors.contains(expected), "\(map.errors)")
                }
            }
            #expect(shore.left == [])
        }
    }

    @Test func `A place in a bucket is named as one`() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(
                path,
                "sources: { sky: { kind: collect, members: [a], place: \"gs://x/y\" } }\n")
            let run = try await folder.tidemark("snapshot")
            #expect(run.code == 78 && run.errors.contains("is s3://bucket/prefix"), "\(run.errors)")
        }
    }
}
