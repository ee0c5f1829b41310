import Foundation
import Support
import Testing

@testable import Sync

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 100, 100_000])
    func `Others unpack it to the same bytes, and its header tells no time`(
        _ count: Int
    ) async throws {
        var random = SeededRandom(7)
        let bytes = (0..<count).map { _ in UInt8.random(in: 0..<20, using: &random) }
        let packed = try Gzip.compress(bytes, of: "a")
        #expect(try Gzip.compress(bytes, of: "b") == packed)
        #expect(packed.prefix(9) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0])
        try await withTemporaryFolder { folder in
            try Data(packed).write(to: URL(filePath: folder + "/a.gz"))
            let run = try await ProgramRun.program(
                "/usr/bin/env", ["gzip", "-d", "a.gz"], in: folder,
                environment: ["PATH": "/usr/bin:/bin"])
            #expect(run.code == 0)
            #expect(FileManager.default.contents(atPath: folder + "/a") == Data(bytes))
        }
    }

    @Test(arguments: [
        ("index.html", true), ("data/a.csv", true), ("assets/a.0123abcd.css", true),
        ("data/latest.json", true), ("feed.xml", false), ("tags/a/feed.xml", false),
        ("feed.json", false), ("sitemap.xml", false), ("robots.txt", false), ("a.txt", true),
        ("a.png", false), ("a.svg", true), ("html", false),
    ])
    func `Texts are packed, feeds are not`(_ path: String, isPacked: Bool) {
        #expect(ContentEncoding(path: path).text == (isPacked ? "gzip" : nil))
    }
}
