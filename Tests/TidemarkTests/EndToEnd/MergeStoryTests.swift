import Foundation
import Support
import Testing

/// An archive here that is not the published one any more.
@Suite("an archive that is not as it was published") struct MergeStoryTests {
    private func withMachine(
        _ body:
            @Sendable (
                _ path: String,
                _ tidemark:
                    @Sendable (_ machine: String, _ arguments: [String]) async throws ->
                    ProgramRun
            ) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            try await body(path) { machine, arguments in
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(machine)", withIntermediateDirectories: true)
                return try await ProgramRun.program(
                    Repository.product("tidemark"),
                    arguments + ["--sources.sample.kind", "sample"],
                    in: "\(path)/\(machine)",
                    environment: [
                        "TIDEMARK_TEMPLATES": "\(Repository.folder)/Templates",
                        "TIDEMARK_PUBLISH_DIRECTORY": "\(path)/www",
                    ])
            }
        }
    }

    private func slots(_ path: String) -> [String] {
        text("\(path)/archive/windows/2026.csv").split(separator: "\n").dropFirst()
            .map { String($0.prefix(13)) }
    }

    private static let times = [
        "2026-11-22T06:00:00Z", "2026-11-22T12:00:00Z", "2026-11-22T18:00:00Z",
    ]

    @Test(
        "one from a back-up, or without a day's file, is completed by a publish, which reads on from there"
    )
    func behind() async throws {
        try await withMachine { path, tidemark in
            #expect(try await tidemark("a", ["publish", "--now", Self.times[0]]).code == 0)
            try FileManager.default.copyItem(atPath: "\(path)/a/archive", toPath: "\(path)/backup")
            #expect(try await tidemark("a", ["publish", "--now", Self.times[1]]).code == 0)
            let row = text("\(path)/a/archive/windows/2026.csv").split(separator: "\n").last
            try FileManager.default.removeItem(atPath: "\(path)/a/archive")
            try FileManager.default.moveItem(
                atPath: "\(path)/backup", toPath: "\(path)/a/archive")
            let run = try await tidemark("a", ["publish", "--now", Self.times[2]])
            #expect(run.code == 0 && run.errors.contains("it lacked"), "\(run.errors)")
            #expect(slots("\(path)/a").count == 58 && Set(slots("\(path)/a")).count == 58)
            #expect(text("\(path)/a/archive/windows/2026.csv").contains(row ?? "none"))

            try FileManager.default.removeItem(
                atPath: "\(path)/a/archive/top/2026/2026-11-20.csv")
            let lost = try await tidemark("a", ["publish", "--now", Self.times[2]])
            #expect(lost.code == 0 && lost.errors.contains("it lacked"), "\(lost.errors)")
            #expect(text("\(path)/a/archive/top/2026/2026-11-20.csv") != "")
            let verified = try await tidemark("a", ["verify", "--now", Self.times[2]])
            #expect(verified.code == 0, "\(verified.output)")
        }
    }

    @Test("two that were both written to are told, and merged by slot; verify finds nothing wrong")
    func merge() async throws {
        try await withMachine { path, tidemark in
            #expect(try await tidemark("a", ["publish", "--now", Self.times[0]]).code == 0)
            try FileManager.default.copyItem(atPath: "\(path)/a", toPath: "\(path)/b")
            // Both read a slot, by rules of their own, and one of them another one too.
            #expect(try await tidemark("b", ["publish", "--now", Self.times[1]]).code == 0)
            let alone = try await tidemark(
                "a",
                [
                    "snapshot", "--now", Self.times[2], "--publish.directory",
                    "\(path)/a/elsewhere", "--filters.maxTags", "9",
                ])
            #expect(alone.code == 0, "\(alone.errors)")
            let published = text("\(path)/www/data/windows/2026.csv")
            let refused = try await tidemark("a", ["publish", "--now", Self.times[2]])
            #expect(
                refused.code == 3 && refused.errors.contains("pull --merge"), "\(refused.errors)")
            #expect(text("\(path)/www/data/windows/2026.csv") == published)

            let merged = try await tidemark("a", ["pull", "--merge"])
            #expect(
                merged.code == 0 && merged.errors.contains("of 1 that both had"), "\(merged.errors)"
            )
            #expect(
                merged.errors.contains(
                    "0 windows came that were not here, and 1 of this machine alone stays;"),
                "\(merged.errors)")
            #expect(Set(slots("\(path)/a")).count == 58 && slots("\(path)/a").count == 58)
            #expect(text("\(path)/a/archive/windows/2026.csv").hasPrefix(published))
            let again = try await tidemark("a", ["publish", "--now", Self.times[2]])
            #expect(again.code == 0, "\(again.errors)")
            let verified = try await tidemark("a", ["verify", "--now", Self.times[2]])
            #expect(verified.code == 0, "\(verified.output)")
            let last = try await tidemark("a", ["pull", "--merge"])
            #expect(last.code == 0 && last.errors.contains("every window is here and there"))
        }
    }

    @Test(
        "a window that two machines have read is not published over the other's, nor is one that was read again"
    )
    func sameSlot() async throws {
        try await withMachine { path, tidemark in
            #expect(try await tidemark("a", ["publish", "--now", Self.times[0]]).code == 0)
            try FileManager.default.copyItem(atPath: "\(path)/a", toPath: "\(path)/b")
            #expect(try await tidemark("a", ["publish", "--now", Self.times[1]]).code == 0)
            let replaced = try await tidemark(
                "a",
                [
                    "publish", "--slot", "2026-11-22T00:00:00Z", "--replace", "--now",
                    Self.times[1], "--filters.maxTags", "9",
                ])
            #expect(replaced.code == 0, "\(replaced.errors)")
            let published = text("\(path)/www/data/windows/2026.csv")
            let refused = try await tidemark("b", ["publish", "--now", Self.times[1]])
            #expect(
                refused.code == 3 && refused.errors.contains("pull --merge"), "\(refused.errors)")
            #expect(text("\(path)/www/data/windows/2026.csv") == published)
            let merged = try await tidemark("b", ["pull", "--merge"])
            #expect(merged.code == 0, "\(merged.errors)")
            let next = try await tidemark("b", ["publish", "--now", Self.times[1]])
            #expect(next.code == 0, "\(next.errors)")
            #expect(text("\(path)/www/data/windows/2026.csv") == published)
        }
    }

    @Test(
        "none is begun while the place where it is published cannot be asked",
        arguments: ["publish", "snapshot"])
    func unreachable(command: String) async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            let run = try await folder.tidemark(
                command, "--publish.bucket", "site", "--publish.endpoint", "http://127.0.0.1:1",
                "--publish.region", "eu-west-1")
            #expect(run.code != 0)
            #expect(folder.rows("windows/2026.csv") == [])
        }
    }
}
