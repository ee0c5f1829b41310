import Foundation
import Support
import Testing

/// An operator takes a hashtag back, and then lets it be shown again.
@Suite("tidemark withdraw") struct WithdrawTests {
    private func published(_ folder: OperatorFolder) throws -> String {
        let files = try FolderState(folder.path, of: ["public"]).contents(of: "public")
        return files.filter {
            $0.key != "data/changes.csv" && ($0.key.hasSuffix(".html") || $0.key.hasSuffix(".csv"))
        }
        .map { "\($0.key)\n\(String(decoding: $0.value, as: UTF8.self))" }.sorted().joined()
    }

    @Test("a hashtag goes from pages and files by the next build, and comes back by --undo")
    func story() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            #expect(try await folder.tidemark("publish").code == 0)
            let before = try published(folder)
            #expect(before.contains("lighthouse"))

            let run = try await folder.tidemark("withdraw", "#LightHouse", "--reason", "asked for")
            #expect(run.code == 0)
            #expect(
                run.errors.hasPrefix("At the next publish, it goes from ")
                    && run.errors.contains(" published lists, and from the pages"))
            #expect(try await folder.tidemark("build").code == 0)
            let without = try published(folder)
            #expect(!without.lowercased().contains("lighthouse"))
            #expect(!without.contains("asked for"))

            #expect(
                try await folder.tidemark("withdraw", "lighthouse").errors
                    == "Withdrawn already; nothing changes.\n")
            #expect(try await folder.tidemark("withdraw", "--undo", "＃LIGHTHOUSE").code == 0)
            #expect(try await folder.tidemark("build").code == 0)
            #expect(try published(folder) == before)
        }
    }

    @Test("what is no hashtag, or was not withdrawn, changes nothing")
    func mistakes() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            #expect(try await folder.tidemark("publish").code == 0)
            for (run, message) in [
                (
                    try await folder.tidemark("withdraw", "2026"),
                    "\"2026\" is no hashtag; name one such as #art, several by art*, or an address "
                        + "such as https://example.com/page"
                ),
                (
                    try await folder.tidemark("withdraw", "kelp", "*"),
                    "\"*\" is no hashtag; name one such as #art, several by art*, or an address "
                        + "such as https://example.com/page"
                ),
                (
                    try await folder.tidemark("withdraw", "--undo", "kelp"),
                    "\"kelp\" has not been withdrawn"
                ),
            ] {
                #expect(run == ProgramRun(code: 64, output: "", errors: "tidemark: \(message)\n"))
            }
            #expect(!FileManager.default.fileExists(atPath: path + "/archive/withdrawn.csv"))
        }
    }
}
