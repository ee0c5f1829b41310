import Foundation
import Support
import Testing

/// What someone sees who has configured nothing yet.
@Suite("tidemark publish without a configuration")
struct SampleStoryTests {
    @Test(
        "the demonstration is built, labelled on every page, and said to be one; again is nothing")
    func sample() async throws {
        try await withTemporaryFolder { folder in
            let arguments = [
                "publish", "--templates", "\(Repository.folder)/Templates", "--now",
                OperatorFolder.now,
            ]
            let said = """
                The site is in public, made of demonstration data: look at it with make serve.
                Next, write a configuration with tidemark init, and name your source and bucket in it.
                Then let cron run make publish every six hours; credentials come from the environment.

                """
            let program = Repository.product("tidemark")
            let first = try await ProgramRun.program(program, arguments, in: folder)
            #expect(first == ProgramRun(code: 0, output: "", errors: said))

            let state = try FolderState(folder, of: ["archive", "public"])
            let pages = state.files.filter { $0.key.hasSuffix(".html") }
            #expect(pages.count > 20)
            for (path, page) in pages {
                #expect(
                    String(decoding: page.bytes, as: UTF8.self).lowercased()
                        .contains("demonstration data"), "\(path)")
            }

            let second = try await ProgramRun.program(program, arguments, in: folder)
            #expect(second == first)
            #expect(try FolderState(folder, of: ["archive", "public"]).changes(since: state) == [])
        }
    }

    @Test(
        "the same slots make the same archive and the same site, byte for byte, in any place and time zone"
    )
    func deterministic() async throws {
        try await withTemporaryFolder { folder in
            var contents: [[String: Data]] = []
            let places = [
                "here": ["TZ": "UTC", "LC_ALL": "C"],
                "there": ["TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"],
            ]
            for (name, environment) in places {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
                let run = try await ProgramRun.tidemark(
                    "publish", "--quiet", "--templates", "\(Repository.folder)/Templates", "--now",
                    OperatorFolder.now, in: "\(folder)/\(name)", environment: environment)
                #expect(run == ProgramRun(code: 0, output: "", errors: ""))
                let state = try FolderState("\(folder)/\(name)", of: ["archive", "public"])
                contents.append(state.files.mapValues(\.bytes))
            }
            #expect(contents[0] == contents[1])
        }
    }
}
