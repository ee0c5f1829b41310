import Foundation
import Glibc
import Support
import Testing

/// What cannot be read is never taken for what is not there: the run stops, and nothing is lost.
@Suite("files that cannot be read")
struct UnreadableTests {
    private func withPublished(
        _ body: (OperatorFolder, FolderState) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            var folder = try OperatorFolder(path)
            folder.environment = ["TIDEMARK_PUBLISH_DIRECTORY": path + "/www"]
            #expect(
                try await folder.tidemark("publish") == ProgramRun(code: 0, output: "", errors: ""))
            try await body(folder, try FolderState(path, of: ["public", "www"]))
        }
    }

    /// A link to itself in the place of a file or folder: even root cannot follow it.
    private func loop(_ path: String) throws {
        try? FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        try #require(symlink((path as NSString).lastPathComponent, path) == 0)
    }

    private static let loops = "cannot be read: Too many levels of symbolic links"

    @Test(
        "an archive, or part of one, stops every run, and what is published stays",
        arguments: ["windows", "windows/2026.csv", "withdrawn.csv", "top", "top/2026"])
    func archive(name: String) async throws {
        try await withPublished { folder, before in
            try loop("\(folder.path)/archive/\(name)")
            for command in ["build", "publish"] {
                let run = try await folder.tidemark(command)
                #expect(run.code == 1, "\(command): \(run)")
                #expect(run.errors.hasPrefix("tidemark: archive/\(name)"), "\(run.errors)")
                #expect(run.errors.hasSuffix("\(Self.loops)\n"), "\(run.errors)")
                #expect(run.errors.split(separator: "\n").count == 1)
            }
            #expect(
                try FolderState(folder.path, of: ["public", "www"]).contents(of: "www")
                    == before.contents(of: "www"))
        }
    }

    @Test("a file where the archive's folder was is no empty archive")
    func fileForFolder() async throws {
        try await withPublished { folder, before in
            let windows = "\(folder.path)/archive/windows"
            try FileManager.default.moveItem(atPath: windows, toPath: windows + ".away")
            try write("precious", to: windows)
            let sentence = "tidemark: archive/windows: cannot be read: Not a directory\n"
            for command in ["build", "publish"] {
                let run = try await folder.tidemark(command)
                #expect(run == ProgramRun(code: 1, output: "", errors: sentence), "\(command)")
            }
            #expect(
                try FolderState(folder.path, of: ["public", "www"]).contents(of: "public")
                    == before.contents(of: "public"))
        }
    }

    @Test("verify does not call an archive behind a loop of links clean")
    func verify() async throws {
        try await withPublished { folder, _ in
            try loop("\(folder.path)/archive")
            let run = try await folder.tidemark("verify")
            #expect(
                run
                    == ProgramRun(
                        code: 1, output: "", errors: "tidemark: archive: \(Self.loops)\n"))
        }
    }

    @Test("a configuration that is there and cannot be read is not the demonstration")
    func configuration() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            try loop("\(path)/tidemark.yaml")
            let run = try await folder.tidemark("publish")
            #expect(
                run
                    == ProgramRun(
                        code: 78, output: "", errors: "tidemark: tidemark.yaml: \(Self.loops)\n"))
            #expect(try folder.state().files.isEmpty)
        }
    }

    @Test(
        .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func `Withdrawn hashtags stay withdrawn where their list cannot be read, or is missing`()
        async throws
    {
        try await withS3Peer { peer in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                folder.publish(to: peer)
                _ = try await folder.tidemark("snapshot")
                let list = path + "/archive/withdrawn.csv"
                let header = "tag,since,reason\n"
                try write(header + "tidewatch,2026-11-22T00:00:00Z,asked for\n", to: list)
                #expect(
                    try await folder.tidemark("publish")
                        == ProgramRun(code: 0, output: "", errors: ""))
                let bucket = try await BucketState(peer)
                let kept = folder.text("archive/withdrawn.csv")

                try loop(list)
                for command in ["publish", "sync"] {
                    let run = try await folder.tidemark(command)
                    #expect(
                        run
                            == ProgramRun(
                                code: 1, output: "",
                                errors: "tidemark: archive/withdrawn.csv: \(Self.loops)\n"),
                        "\(command)")
                }
                try FileManager.default.removeItem(atPath: list)
                for command in ["publish", "sync"] {
                    let run = try await folder.tidemark(command)
                    #expect(run.code == 3, "\(command): \(run)")
                    #expect(run.errors.contains("withdrawn.csv"), "\(run.errors)")
                    #expect(run.errors.contains("tidemark pull"), "\(run.errors)")
                    #expect(try await BucketState(peer).changes(since: bucket) == [])
                }
                #expect(try await folder.tidemark("pull").code == 0)
                #expect(folder.text("archive/withdrawn.csv") == kept)
                #expect(try await folder.tidemark("publish").code == 0)
                #expect(try await BucketState(peer).changes(since: bucket) == [])

                // The way to say that nothing is withdrawn any more.
                try write(header, to: list)
                #expect(try await folder.tidemark("publish").code == 0)
                let shown = try await BucketState(peer).contents.values.contains {
                    String(decoding: $0, as: UTF8.self).contains("tidewatch")
                }
                #expect(shown)
            }
        }
    }
}
