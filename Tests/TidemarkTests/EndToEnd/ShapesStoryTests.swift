import Foundation
import Support
import Testing

/// Recordings in the shapes that people keep them in, by the built program.
@Suite("shapes of recordings")
struct ShapesStoryTests {
    /// What becomes of the posts of a recording, one a line; as text, but for UTF-16.
    private static let shapes: [(name: String, write: @Sendable ([String]) -> [UInt8])] = [
        ("CR", { bytes($0.joined(separator: "\r")) }),
        ("glued", { bytes($0.joined()) }),
        ("commas", { bytes($0.joined(separator: ",\r\n")) }),
        ("pretty", { bytes($0.map(pretty).joined(separator: "\n")) }),
        ("a sequence", { bytes($0.map { "\u{1E}" + pretty($0) + "\n" }.joined()) }),
        ("an array", { bytes("\u{FEFF}[\r\n" + $0.joined(separator: ",\r\n") + ",\r\n]\r\n") }),
        (
            "an archive of one's own",
            { lines in
                let tweets = lines.map { pretty("{\"tweet\":\($0)}") }.joined(separator: ", ")
                return bytes("window.YTD.tweets.part0 = [ \(tweets) ]")
            }
        ),
        (
            "UTF-16",
            { lines in
                [0xFE, 0xFF]
                    + lines.joined(separator: "\n").utf16.flatMap {
                        [UInt8($0 >> 8), UInt8($0 & 0xFF)]
                    }
            }
        ),
    ]

    private static func pretty(_ line: String) -> String {
        line.replacing("{", with: "{\n  ").replacing(",\"", with: ",\n  \"").replacing(
            "}", with: "\n}")
    }

    private static func count(_ file: String, in path: String) async throws -> String {
        let run = try await ProgramRun.tidemark("count", "--format", "v1", file, in: path)
        #expect(run.code == 0, "\(run)")
        return run.output
    }

    @Test(
        "are counted and archived as one post a line is, plain, packed and from standard input",
        .timeLimit(.minutes(10)), arguments: shapes.indices)
    func same(index: Int) async throws {
        let shape = Self.shapes[index]
        try await withTemporaryFolder { path in
            let lines = try String(
                contentsOfFile: Repository.folder + "/Tests/Fixtures/EndToEnd/v1.ndjson",
                encoding: .utf8
            ).split(whereSeparator: \.isNewline).map(String.init).filter { $0.hasSuffix("}") }
            try write(lines.map { $0 + "\n" }.joined(), to: "\(path)/plain")
            try write(shape.write(lines), to: "\(path)/shape")
            let plain = try await Self.count("plain", in: path)
            #expect(plain.split(separator: "\n").count > 2)
            #expect(try await Self.count("shape", in: path) == plain, "\(shape.name)")
            let packed = try await ProgramRun.program(
                "/bin/sh",
                [
                    "-c",
                    "/bin/gzip -k shape && /bin/cat shape | '\(Repository.product("tidemark"))' count --format v1 -",
                ], in: path)
            #expect(packed.output == plain, "\(shape.name)")
            #expect(try await Self.count("shape.gz", in: path) == plain, "\(shape.name)")

            var archives: [[String]] = []
            for file in ["plain", "shape", "shape.gz"] {
                let folder = try OperatorFolder(
                    path, "sources: { birds: { kind: file, paths: [\(file)], format: v1 } }")
                let run = try await folder.tidemark("snapshot")
                #expect(run.code == 0, "\(run)")
                archives.append(
                    folder.rows("windows/2026.csv").map { row in
                        // All but the counts of duplicates, which a record less or more would not change.
                        row.split(separator: ",", omittingEmptySubsequences: false).prefix(10)
                            .joined(separator: ",")
                    } + folder.rows("top/2026/2026-11-20.csv"))
                try FileManager.default.removeItem(atPath: "\(path)/archive")
            }
            #expect(archives[0].count > 2)
            #expect(archives.allSatisfy { $0 == archives[0] }, "\(shape.name): \(archives)")
        }
    }

    @Test("UTF-16 without a mark is refused by name, by count and by snapshot")
    func unmarked() async throws {
        try await withTemporaryFolder { path in
            let text = "{\"id_str\":\"1\",\"text\":\"#tide\"}\n"
            try write(
                text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "\(path)/posts")
            let run = try await ProgramRun.tidemark("count", "--format", "v1", "posts", in: path)
            #expect(run.code == 1)
            #expect(
                run.errors
                    == "tidemark: posts: the text is in UTF-16 without a byte order mark, which is not read; convert it to UTF-8\n"
            )
            let folder = try OperatorFolder(
                path, "sources: { birds: { kind: file, paths: [posts], format: v1 } }")
            let snapshot = try await folder.tidemark("snapshot")
            #expect(snapshot.code != 0)
            #expect(snapshot.errors.contains("UTF-16 without a byte order mark"), "\(snapshot)")
            #expect(folder.text("archive/windows/2026.csv") == "")
        }
    }
}
