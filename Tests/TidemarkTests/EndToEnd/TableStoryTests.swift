import Foundation
import Support
import Testing

/// The archive in a table of DynamoDB besides, from the configuration to another machine.
@Suite(
    "An archive in a table besides",
    .enabled(if: TablePeer.isThere, "the test set-up has no moto"))
struct TableStoryTests {
    private static func tidemark(
        _ machine: String, _ peer: TablePeer, _ arguments: String...
    ) async throws -> ProgramRun {
        try FileManager.default.createDirectory(
            atPath: machine, withIntermediateDirectories: true)
        return try await ProgramRun.program(
            Repository.product("tidemark"),
            arguments + ["--sources.sample.kind", "sample", "--dynamodb.table", "archive"],
            in: machine,
            environment: peer.environment.merging(
                ["TIDEMARK_TEMPLATES": "\(Repository.folder)/Templates"]) { $1 })
    }

    private static func archive(_ machine: String) throws -> [String: Data] {
        let folder = machine + "/archive"
        var found: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
        where path.hasSuffix(".csv") && !path.hasPrefix(".") {
            found[path] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
        }
        return found
    }

    private static let times = ["2026-11-22T06:00:00Z", "2026-11-22T12:00:00Z"]

    @Test func `is made, filled, looked at, fetched byte for byte, verified and continued`()
        async throws
    {
        try await withTemporaryFolder { path in
            try await withTable(TableScript(make: false)) { peer in
                let (a, b) = (path + "/a", path + "/b")
                let missing = try await Self.tidemark(a, peer, "snapshot", "--now", Self.times[0])
                #expect(missing.code == 1)
                #expect(
                    missing.errors.contains(
                        "Query on table archive: it is not there in eu-west-1; create it, or correct its name and region; "
                            + "the archive here is whole, and the next run brings to the table what it lacks"
                    ))
                let look = try await Self.tidemark(a, peer, "table")
                #expect(look.output == "table archive: is not there; --apply makes it\n")
                let doctor = try await Self.tidemark(a, peer, "doctor")
                #expect(doctor.output.contains("tidemark table --apply makes it"))
                let made = try await Self.tidemark(a, peer, "table", "--apply")
                #expect(made.code == 0, "\(made.errors)")
                let good = try await Self.tidemark(a, peer, "snapshot", "--now", Self.times[0])
                #expect(good.code == 0, "\(good.errors)")
                #expect(
                    try await Self.tidemark(a, peer, "table").output
                        == "table archive: is as it should be\n")
                #expect(
                    try await Self.tidemark(a, peer, "doctor").output.contains(
                        "ok     dynamodb.table: archive: about"))

                let pull = try await Self.tidemark(b, peer, "pull", "--from", "dynamodb")
                #expect(pull.code == 0, "\(pull.errors)")
                #expect(try Self.archive(b) == Self.archive(a))
                let verify = try await Self.tidemark(b, peer, "verify", "--now", Self.times[0])
                #expect(verify.code == 0, "\(verify.output)")

                // The other machine goes on; then this one is behind, and says so.
                let next = try await Self.tidemark(b, peer, "snapshot", "--now", Self.times[1])
                #expect(next.code == 0, "\(next.errors)")
                let behind = try await Self.tidemark(a, peer, "snapshot", "--now", Self.times[0])
                #expect(behind.code == 3)
                #expect(
                    behind.errors.contains("bring them here with tidemark pull --from dynamodb"))
                let again = try await Self.tidemark(a, peer, "pull", "--from", "dynamodb")
                #expect(again.code == 0, "\(again.errors)")
                #expect(try Self.archive(a) == Self.archive(b))
                // A new machine without a place to publish begins with the table's archive.
                let new = try await Self.tidemark(
                    path + "/c", peer, "snapshot", "--now", Self.times[1])
                #expect(new.code == 0, "\(new.errors)")
                #expect(try Self.archive(path + "/c") == Self.archive(b))
            }
        }
    }

    @Test(arguments: [1, 2, 4])
    func `is made good by the next run where one was killed between the files and the table`(
        transaction: Int
    ) async throws {
        try await withTemporaryFolder { path in
            try await withTable(TableScript(hold: transaction)) { peer in
                let (a, b) = (path + "/a", path + "/b")
                try FileManager.default.createDirectory(
                    atPath: a, withIntermediateDirectories: true)
                let run = try RunningProgram(
                    [
                        "snapshot", "--now", Self.times[0], "--sources.sample.kind", "sample",
                        "--dynamodb.table", "archive",
                    ], in: a, environment: peer.environment)
                while try await peer.seen()["TransactWriteItems"] ?? 0 < transaction {}
                run.send(SIGKILL)
                _ = await run.finish()
                let archive = try Self.archive(a)
                #expect(archive["windows/2026.csv"] != nil)
                try await peer.mend()
                let next = try await Self.tidemark(a, peer, "snapshot", "--now", Self.times[0])
                #expect(next.code == 0, "\(next.errors)")
                #expect(try Self.archive(a) == archive)
                let pull = try await Self.tidemark(b, peer, "pull", "--from", "dynamodb")
                #expect(pull.code == 0, "\(pull.errors)")
                #expect(try Self.archive(b) == archive)
                let again = try await Self.tidemark(a, peer, "snapshot", "--now", Self.times[0])
                #expect(again.code == 0 && !again.errors.contains("table"), "\(again.errors)")
            }
        }
    }

    @Test func `is merged by slot with an archive that went on by itself`() async throws {
        try await withTemporaryFolder { path in
            try await withTable { peer in
                let (a, b, c) = (path + "/a", path + "/b", path + "/c")
                let first = try await Self.tidemark(a, peer, "snapshot", "--now", Self.times[0])
                #expect(first.code == 0, "\(first.errors)")
                try FileManager.default.copyItem(atPath: a, toPath: b)
                let other = try await Self.tidemark(b, peer, "snapshot", "--now", Self.times[1])
                #expect(other.code == 0, "\(other.errors)")
                let own = try await Self.tidemark(
                    a, peer, "snapshot", "--now", "2026-11-22T18:00:00Z", "--filters.maxTags", "9")
                #expect(own.code == 3, "\(own.errors)")
                #expect(
                    own.errors.contains("tidemark pull --from dynamodb --merge"), "\(own.errors)")
                let merge = try await Self.tidemark(
                    a, peer, "pull", "--from", "dynamodb", "--merge")
                #expect(merge.code == 0, "\(merge.errors)")
                #expect(merge.errors.contains("of 1 that both had"), "\(merge.errors)")
                let next = try await Self.tidemark(
                    a, peer, "snapshot", "--now", "2026-11-22T18:00:00Z")
                #expect(next.code == 0, "\(next.errors)")
                let pull = try await Self.tidemark(c, peer, "pull", "--from", "dynamodb")
                #expect(pull.code == 0, "\(pull.errors)")
                #expect(try Self.archive(c) == Self.archive(a))
                let verify = try await Self.tidemark(
                    c, peer, "verify", "--now", "2026-11-22T18:00:00Z")
                #expect(verify.code == 0, "\(verify.output)")
            }
        }
    }

    @Test func `prints the least policy, and asks nobody for it`() async throws {
        try await withTemporaryFolder { path in
            try await withTable { peer in
                let run = try await Self.tidemark(path, peer, "table", "--policy")
                #expect(run.code == 0)
                #expect(run.output.contains(#""arn:aws:dynamodb:eu-west-1:*:table/archive""#))
                #expect(try await peer.seen() == [:])
            }
        }
    }

    @Test func `that is refused is told in one sentence, and the archive is as it should be`()
        async throws
    {
        try await withTemporaryFolder { path in
            let script = TableScript(errors: ["TransactWriteItems": "AccessDeniedException"])
            try await withTable(script) { peer in
                let run = try await Self.tidemark(path, peer, "snapshot", "--now", Self.times[0])
                #expect(run.code == 2)
                #expect(
                    run.errors.contains(
                        "tidemark: TransactWriteItems on table archive: access denied (AccessDeniedException): "
                            + "AccessDeniedException of the tests; the credentials need dynamodb:TransactWriteItems; the "
                            + "archive here is whole, and the next run brings to the table what it lacks\n"
                    ))
                try await peer.mend()
                let next = try await Self.tidemark(path, peer, "snapshot", "--now", Self.times[0])
                #expect(next.code == 0, "\(next.errors)")
                let pull = try await Self.tidemark(path + "/b", peer, "pull", "--from", "dynamodb")
                #expect(pull.code == 0, "\(pull.errors)")
                #expect(try Self.archive(path + "/b") == Self.archive(path))
            }
        }
    }
}
