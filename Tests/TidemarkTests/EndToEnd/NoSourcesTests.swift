import Foundation
import Support
import Testing

/// A configuration that has lost its sources, or is not where it is looked for.
@Suite("no sources")
struct NoSourcesTests {
    @Test(
        "are no demonstration where there is a place to publish to",
        arguments: [
            "", "sources:\n", "sources: {}\n", "sources:\n  # sky: { kind: bluesky }\n",
            "# empty\n",
        ],
        ["publish", "snapshot", "build"])
    func place(yaml: String, command: String) async throws {
        try await withTemporaryFolder { folder in
            try write("publish: { directory: www }\n" + yaml, to: "\(folder)/tidemark.yaml")
            let run = try await ProgramRun.tidemark(command, in: folder)
            #expect(run.code == 78 && run.output == "")
            #expect(
                run.errors
                    == "tidemark: tidemark.yaml: names no sources, or all of them are commented out, and there is a place to "
                    + "publish to: nothing was read or published, and the site stays as it is. Name a source (tidemark "
                    + "init shows how), or the file with --config. To publish the demonstration, write sources: { sample: "
                    + "{ kind: sample } }\n")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder) == ["tidemark.yaml"])
        }
    }

    @Test("and doctor says so, not that the demonstration is well")
    func doctor() async throws {
        try await withTemporaryFolder { folder in
            try write("publish: { directory: www }\n", to: "\(folder)/tidemark.yaml")
            let run = try await ProgramRun.tidemark("doctor", in: folder)
            #expect(
                run.code == 1 && run.output.contains("\nwrong  sources: tidemark.yaml: names no"))
            #expect(!run.output.contains("sources.sample"))
        }
    }

    @Test("nor where a place comes from the environment and the file has another name or is empty")
    func elsewhere() async throws {
        try await withTemporaryFolder { folder in
            let environment = ["TIDEMARK_PUBLISH_DIRECTORY": folder + "/www"]
            let none = try await ProgramRun.tidemark(
                "publish", in: folder, environment: environment)
            #expect(none.code == 78 && none.errors.contains("tidemark.yaml: there is no such file"))
            try write("", to: "\(folder)/tidemark.yaml")
            let empty = try await ProgramRun.tidemark(
                "publish", in: folder, environment: environment)
            #expect(empty.code == 78 && empty.errors.contains("tidemark.yaml: names no sources"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/www"))
        }
    }

    @Test(
        "nor beside a file that is called otherwise",
        arguments: ["tidemark.yml", "Tidemark.yaml", ".tidemark.yaml", "tidemark.yaml.txt"])
    func misnamed(name: String) async throws {
        try await withTemporaryFolder { folder in
            try write("sources: { sky: { kind: bluesky } }\n", to: "\(folder)/\(name)")
            let run = try await ProgramRun.tidemark("publish", in: folder)
            #expect(run.code == 78)
            #expect(
                run.errors.hasPrefix(
                    "tidemark: \(name): is not read, as the configuration is called tidemark.yaml"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
        }
    }

    @Test("nor in an archive of other windows, as where the configuration was cut off")
    func archive() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            #expect(try await folder.tidemark("publish").code == 0)
            let state = try folder.state()
            try write("", to: "\(path)/tidemark.yaml")
            let run = try await folder.tidemark("publish")
            #expect(run.code == 78 && run.errors.contains("archive holds windows of others"))
            #expect(try folder.state().changes(since: state) == [])
        }
    }

    @Test("run as a demonstration that is asked for, or that nobody sees")
    func demonstration() async throws {
        try await withTemporaryFolder { folder in
            try write("site: { title: T }\n", to: "\(folder)/tidemark.yaml")
            let templates = ["--templates", "\(Repository.folder)/Templates"]
            let run = try await ProgramRun.program(
                Repository.product("tidemark"), ["publish"] + templates, in: folder)
            #expect(run.code == 0, "\(run.errors)")
            try write(
                "publish: { directory: www }\nsources: { sample: { kind: sample } }\n",
                to: "\(folder)/tidemark.yaml")
            let asked = try await ProgramRun.program(
                Repository.product("tidemark"), ["publish"] + templates, in: folder)
            #expect(asked.code == 0, "\(asked.errors)")
            #expect(FileManager.default.fileExists(atPath: folder + "/www/index.html"))
        }
    }
}
