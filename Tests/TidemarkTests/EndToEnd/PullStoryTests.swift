import Foundation
import Support
import Testing

/// A machine is lost, and another takes its place.
@Suite("an archive on a new machine") struct PullStoryTests {
    /// Runs the body with a folder that has published, and what its archive was.
    private func withPublished(
        _ body: @Sendable (inout OperatorFolder, FolderState) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path + "/machine")
            folder.environment = ["TIDEMARK_PUBLISH_DIRECTORY": path + "/www"]
            #expect(
                try await folder.tidemark("publish") == ProgramRun(code: 0, output: "", errors: ""))
            try await body(&folder, try FolderState(folder.path, of: ["archive"]))
        }
    }

    private func archive(_ folder: OperatorFolder) throws -> FolderState {
        try FolderState(folder.path, of: ["archive"])
    }

    @Test("the lost archive comes back, and publish then has nothing to do")
    func pull() async throws {
        try await withPublished { folder, before in
            try FileManager.default.removeItem(atPath: folder.path + "/archive")
            let run = try await folder.tidemark("pull", "--verbose")
            #expect(run.code == 0)
            #expect(run.errors.contains("files fetched"))
            #expect(try archive(folder).contents(of: "archive") == before.contents(of: "archive"))
            #expect(try await folder.tidemark("verify").code == 0)
            let again = try await folder.tidemark("publish", "--verbose")
            #expect(again.code == 0 && again.errors.contains("0 uploaded"), "\(again.errors)")
        }
    }

    @Test("publish on an empty machine pulls first, and reads no slot again")
    func publish() async throws {
        try await withPublished { folder, before in
            try FileManager.default.removeItem(atPath: folder.path + "/archive")
            try FileManager.default.removeItem(atPath: folder.path + "/public")
            let run = try await folder.tidemark("publish", "--verbose")
            #expect(run.code == 0)
            #expect(run.errors.contains("No slot is due"), "\(run.errors)")
            #expect(run.errors.contains("0 uploaded"), "\(run.errors)")
            #expect(try archive(folder).contents(of: "archive") == before.contents(of: "archive"))
        }
    }

    @Test("rows that are not published are never overwritten")
    func newer() async throws {
        try await withPublished { folder, _ in
            let file = folder.path + "/archive/windows/2026.csv"
            let rows = folder.text("archive/windows/2026.csv")
            let last = rows.split(separator: "\n").last ?? ""
            let newer = rows + last.replacing("2026-11-2", with: "2026-12-2") + "\n"
            try write(newer, to: file)
            let before = try archive(folder)
            let run = try await folder.tidemark("pull")
            #expect(run.code == 3)
            #expect(
                run.errors
                    == "tidemark: refused, as the archive here holds what the published one has not, in "
                    + "archive/windows/2026.csv: nothing is fetched or changed. tidemark pull --merge makes one "
                    + "of both, in which what either has read is kept, and restores files that another program "
                    + "has merely reformatted\n")
            #expect(try archive(folder) == before)
        }
    }

    /// As spreadsheets save: a mark at the beginning, CR LF, and quotes; then also times and numbers in their own way.
    @Test func `what another program has saved is written anew, or brought back`() async throws {
        try await withPublished { folder, _ in
            let file = folder.path + "/archive/windows/2026.csv"
            let published = folder.text("archive/windows/2026.csv")
            func save(_ change: (String) -> String) throws {
                let lines = published.split(separator: "\n").map { line in
                    line.split(separator: ",", omittingEmptySubsequences: false)
                        .map { "\"\(change(String($0)))\"" }.joined(separator: ",")
                }
                try write("\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n", to: file)
            }
            try save { $0 }
            let refused = try await folder.tidemark("publish")
            #expect(refused.code == 3 && refused.errors.contains("tidemark pull --merge"))
            let merged = try await folder.tidemark("pull", "--merge")
            #expect(merged.code == 0, "\(merged.errors)")
            #expect(folder.text("archive/windows/2026.csv") == published)
            #expect(try await folder.tidemark("publish").code == 0)

            try save { $0.replacing("T18:00:00Z", with: " 18:00") }
            for (command, flag) in [
                ("publish", "--quiet"), ("pull", "--merge"), ("pull", "--quiet"),
                ("build", "--quiet"),
            ] {
                let run = try await folder.tidemark(command, flag)
                #expect(
                    run.errors.hasPrefix("tidemark: archive/windows/2026.csv:")
                        && run.errors.contains("move it out of the archive: tidemark pull then"),
                    "\(command) \(flag): \(run.errors)")
            }
            try FileManager.default.removeItem(atPath: file)
            #expect(try await folder.tidemark("pull").code == 0)
            #expect(folder.text("archive/windows/2026.csv") == published)
            #expect(try await folder.tidemark("publish").code == 0)
        }
    }

    @Test("where nothing is published, pull fails, and says so; with no place it is configuration")
    func nothing() async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            #expect(try await folder.tidemark("pull").code == 78)
            folder.environment = ["TIDEMARK_PUBLISH_DIRECTORY": path + "/www"]
            #expect(
                try await folder.tidemark("pull")
                    == ProgramRun(
                        code: 1, output: "",
                        errors: "tidemark: \(path)/www: no archive is published there\n"))
        }
    }

    @Test(
        "a bucket keeps withdrawn hashtags out of sight, and gives them back to the publisher",
        .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func bucket() async throws {
        try await withS3Peer { peer in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                folder.publish(to: peer)
                _ = try await folder.tidemark("snapshot")
                try write(
                    "tag,since,reason\ntidewatch,2026-11-22T00:00:00Z,asked for\n",
                    to: path + "/archive/withdrawn.csv")
                #expect(
                    try await folder.tidemark("publish")
                        == ProgramRun(code: 0, output: "", errors: ""))
                let before = try archive(folder)
                let shown = try await BucketState(peer).contents.filter {
                    String(decoding: $0.value, as: UTF8.self).lowercased().contains("tidewatch")
                }
                #expect(shown.keys.sorted() == [])

                try FileManager.default.removeItem(atPath: path + "/archive")
                #expect(
                    try await folder.tidemark("pull")
                        == ProgramRun(code: 0, output: "", errors: ""))
                #expect(
                    try archive(folder).contents(of: "archive") == before.contents(of: "archive"))
                #expect(folder.text("archive/withdrawn.csv").contains("tidewatch"))
                let again = try await folder.tidemark("publish", "--verbose")
                #expect(again.code == 0 && again.errors.contains("0 uploaded"), "\(again.errors)")
            }
        }
    }
}
