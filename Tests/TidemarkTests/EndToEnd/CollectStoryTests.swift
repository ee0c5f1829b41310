import Foundation
import Support
import Testing

/// Several collectors, a bucket, and publishers that close its slots.
@Suite(.enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
struct CollectStoryTests {
    private func withShore(
        _ body: @Sendable (CollectShore) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            try await withS3Peer(buckets: ["parts", "site"]) { peer in
                try await body(CollectShore(path, peer))
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
