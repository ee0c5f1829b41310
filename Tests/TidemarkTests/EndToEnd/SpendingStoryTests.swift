import Foundation
import Support
import Testing

/// What X has cost outlives the machine that paid it.
@Suite("a budget on a new machine")
struct SpendingStoryTests {
    private func machine(_ path: String, x: String) throws -> OperatorFolder {
        var folder = try OperatorFolder(
            path,
            """
            window: { length: 2s }
            sources:
              x: { kind: x, server: "\(x)", rules: ["#tide"], budgetPosts: 250, budgetMonthPosts: 300 }
            publish: { directory: ../www }
            """)
        folder.environment = ["TIDEMARK_SOURCES_X_TOKEN": "hunter3"]
        return folder
    }

    @Test(
        "goes on where the lost one stood; a log that is gone here is refused, and not saved over",
        .timeLimit(.minutes(10)))
    func story() async throws {
        try await withTemporaryFolder { path in
            try await withXPeer(
                #"{"posts":"made:5000","streams":[["all",{"hold":true}],["all",{"hold":true}]]}"#
            ) { x in
                let first = try machine("\(path)/one", x: x)
                let run = try await first.tidemark("publish")
                #expect(run.code <= 2, "\(run.errors)")
                let spent = first.text("archive/spending/2026.csv")
                #expect(spent.contains(",x,100,0\n"))
                #expect(text("\(path)/.www.tidemark-archive/spending/2026.csv") == spent)

                let second = try machine("\(path)/two", x: x)
                let next = try await ProgramRun.program(
                    Repository.product("tidemark"), ["publish", "--now", "2026-11-22T12:00:00Z"],
                    in: second.path,
                    environment: second.environment)
                #expect(next.code <= 2, "\(next.errors)")
                // 250 of the month's 300 were paid for by the other machine.
                let log = second.text("archive/spending/2026.csv")
                #expect(
                    log.hasPrefix(spent + "2026-11-22T12:00:00Z,x,50,0\n")
                        && !log.contains("12:00:00Z,x,100"), "\(log)"
                )

                try FileManager.default.removeItem(atPath: second.path + "/archive/spending")
                let lost = try await second.tidemark("sync")
                #expect(
                    lost.code == 3 && lost.errors.contains("spending/2026.csv"), "\(lost.errors)")
                #expect(try await second.tidemark("pull").code == 0)
                #expect(second.text("archive/spending/2026.csv") == log)
                #expect(try await second.tidemark("sync").code == 0)
            }
        }
    }

    @Test(
        "goes on under a new name of the source, also for machines that come later",
        .timeLimit(.minutes(10)))
    func renamed() async throws {
        try await withTemporaryFolder { path in
            try await withXPeer(
                #"{"posts":"made:5000","streams":[["all",{"hold":true}],["all",{"hold":true}]]}"#
            ) { x in
                let folder = try machine("\(path)/one", x: x)
                #expect(try await folder.tidemark("publish").code <= 2)
                let spent = folder.text("archive/spending/2026.csv")
                let yaml = folder.text("tidemark.yaml").replacingOccurrences(
                    of: "  x: {", with: "  bird: {")
                try write(yaml, to: "\(folder.path)/tidemark.yaml")
                let environment = ["TIDEMARK_SOURCES_BIRD_TOKEN": "hunter3"]
                let done = try await ProgramRun.program(
                    Repository.product("tidemark"), ["rename-source", "x", "bird", "--apply"],
                    in: folder.path, environment: environment)
                #expect(done.code == 0, "\(done.errors)")
                let renamed = spent.replacingOccurrences(of: ",x,", with: ",bird,")
                #expect(folder.text("archive/spending/2026.csv") == renamed)
                let next = try await ProgramRun.program(
                    Repository.product("tidemark"), ["publish", "--now", "2026-11-22T12:00:00Z"],
                    in: folder.path, environment: environment)
                #expect(next.code <= 2, "\(next.errors)")
                // 250 of the month's 300 were paid for under the old name.
                let log = folder.text("archive/spending/2026.csv")
                #expect(log.hasPrefix(renamed + "2026-11-22T12:00:00Z,bird,50,0\n"), "\(log)")
                #expect(text("\(path)/.www.tidemark-archive/spending/2026.csv") == log)
            }
        }
    }
}
