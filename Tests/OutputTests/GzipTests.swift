import Foundation
import Support
import Testing

@testable import Output

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 100, 100_000])
    func `Others unpack it to the same bytes, and its header tells no time`(
        _ count: Int
    ) async throws {
        var random = SeededRandom(7)
        let bytes = (0..<count).map { _ in UInt8.random(in: 0..<20, using: &random) }
        let packed = try #require(Gzip.compress(bytes))
        #expect(Gzip.compress(bytes) == packed)
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

    @Test
    func `Unpacks what it packed, and nothing that is cut off, altered, too long, or no gzip`()
        throws
    {
        var random = SeededRandom(7)
        let bytes = (0..<400).map { _ in UInt8.random(in: 0..<20, using: &random) }
        let packed = try #require(Gzip.compress(bytes))
        #expect(Gzip.expand(packed, byteLimit: bytes.count) == bytes)
        #expect(Gzip.expand(packed, byteLimit: bytes.count - 1) == nil)
        for count in 0..<packed.count {
            #expect(Gzip.expand(Array(packed.prefix(count)), byteLimit: 1 << 20) == nil)
            var altered = packed
            altered[count] ^= 0x10
            // Nobody asks for the time, the effort or the system that its header tells.
            let isTold = !(4...9).contains(count)
            #expect(isTold == (Gzip.expand(altered, byteLimit: 1 << 20) != bytes))
        }
        #expect(Gzip.expand(bytes, byteLimit: .max) == nil)
        let none = try #require(Gzip.compress([]))
        #expect(Gzip.expand(none, byteLimit: 0) == [])
    }
}
