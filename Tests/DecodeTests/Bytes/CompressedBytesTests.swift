import CZlib
import CZstd
import Foundation
import Glibc
import Support
import Testing

@testable import Decode

@Suite("CompressedBytes")
struct CompressedBytesTests {
    /// All bytes of a file, read in pieces of that size.
    private func read(_ path: String, pieces: Int = 1000) throws(DecodeError) -> [UInt8] {
        var reader = try CompressedBytes(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieces, alignment: 1)
        defer { buffer.deallocate() }
        var found: [UInt8] = []
        while true {
            let count = try reader.read(into: buffer)
            if count == 0 { return found }
            found += buffer[..<count]
        }
    }

    @discardableResult
    private func withFile<Result>(
        _ content: [UInt8], _ body: (String) throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            try Data(content).write(to: URL(fileURLWithPath: folder + "/posts"))
            return try body(folder + "/posts")
        }
    }

    private static let text = Array((0..<20_000).map { "{\"line\":\($0)}\n" }.joined().utf8)

    static func gzip(_ text: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var input = text
        var output = [UInt8](repeating: 0, count: text.count + 1000)
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                deflate(&stream, Z_FINISH)
                return Array(target.prefix(Int(stream.total_out)))
            }
        }
    }

    static func zstandard(_ text: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(text.count))
        let count = ZSTD_compress(&output, output.count, text, text.count, 3)
        return Array(output.prefix(count))
    }

    static let whole: [(name: String, file: [UInt8], text: [UInt8])] = [
        ("nothing", [], []), ("one byte", [0x1F], [0x1F]),
        ("three bytes", [0x28, 0xB5, 0x2F], [0x28, 0xB5, 0x2F]), ("plain", text, text),
        ("gzip", gzip(text), text), ("gzip of nothing", gzip([]), []),
        ("several members", gzip(text) + gzip([]) + gzip([7]), text + [7]),
        ("gzip padded with zeros", gzip(text) + [UInt8](repeating: 0, count: 512), text),
        ("zstd", zstandard(text), text), ("zstd of nothing", zstandard([]), []),
        ("several frames", zstandard(text) + zstandard([7]), text + [7]),
    ]

    @Test(
        "gives all of a Zstandard file without checksum, however small the pieces",
        arguments: [1, 6])
    func withoutChecksum(pieces: Int) async throws {
        // RFC 8878: magic number, frame header, and as the last block 1000 times the letter a.
        let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x43, 0x1F, 0x00, 0x61]
        try await withFile(frame) { path in
            let found = try read(path, pieces: pieces)
            #expect(found == Array(repeating: 0x61, count: 1000))
        }
        // The block not being the last, the end is missing.
        try await withFile(frame.enumerated().map { $0 == 6 ? 0x42 : $1 }) { path in
            let failure = DecodeError.damaged(path: path, reason: "they end too early")
            #expect(throws: failure) { () throws in try read(path, pieces: pieces) }
        }
    }

    @Test("gives the bytes, compressed or not, in pieces of any size", arguments: whole)
    func reads(example: (name: String, file: [UInt8], text: [UInt8])) async throws {
        try await withFile(example.file) { path in
            for pieces in [1, 7, 1000, 1 << 20] {
                guard pieces > 1 || example.text.count < 10 else { continue }
                let found = try read(path, pieces: pieces)
                #expect(found == example.text, "\(example.name)")
            }
        }
    }

    @Test(
        "gives the bytes of a pipe that gives them one at a time",
        arguments: ["gzip", "zstd", "plain"])
    func pipe(name: String) async throws {
        let text = Array(Self.text.prefix(3000))
        let file = name == "gzip" ? Self.gzip(text) : name == "zstd" ? Self.zstandard(text) : text
        try await withTemporaryFolder { folder in
            let path = folder + "/pipe"
            #expect(mkfifo(path, 0o600) == 0)
            // A thread of its own: opening a pipe waits for the other end.
            Thread.detachNewThread {
                let descriptor = open(path, O_WRONLY)
                for byte in file {
                    _ = [byte].withUnsafeBytes { write(descriptor, $0.baseAddress, 1) }
                }
                close(descriptor)
            }
            let found = try read(path)
            #expect(found == text)
        }
    }

    @Test("says where compressed data end too early", arguments: ["gzip", "zstd"])
    func truncated(name: String) async throws {
        let file = name == "gzip" ? Self.gzip(Self.text) : Self.zstandard(Self.text)
        for count in [5, 12, file.count / 2, file.count - 1] {
            try await withFile(Array(file.prefix(count))) { path in
                let error = #expect(throws: DecodeError.self) { try read(path) }
                #expect(
                    error?.description
                        == "\(path): the compressed data are damaged: they end too early")
            }
        }
    }

    @Test("never takes damaged data for whole ones, and never hangs", arguments: ["gzip", "zstd"])
    func damaged(name: String) async throws {
        var random = SeededRandom(16)
        let text = Array(Self.text.prefix(2000))
        let file = name == "gzip" ? Self.gzip(text) : Self.zstandard(text)
        for _ in 0..<200 {
            var bad = file
            bad[Int.random(in: 4..<bad.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            try await withFile(bad) { path in
                // A flipped bit of a header may be harmless, or make a frame without a checksum.
                _ = try? read(path)
            }
        }
        var bad = file
        bad[file.count / 2] ^= 0xFF
        if name == "gzip" {
            try await withFile(bad) { path in
                let error = #expect(throws: DecodeError.self) { try read(path) }
                #expect(
                    error?.description.hasPrefix("\(path): the compressed data are damaged: ")
                        == true)
            }
        }
    }

    @Test("refuses rubbish behind a member")
    func rubbish() async throws {
        try await withFile(Self.gzip([7]) + [1, 2, 3, 4]) { path in
            #expect(throws: DecodeError.self) { try read(path) }
        }
    }

    @Test("says which file cannot be read, and why")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            let missing = #expect(throws: DecodeError.self) { try read(folder + "/none") }
            #expect(
                missing?.description == "\(folder)/none: cannot be read: No such file or directory")
            let isFolder = #expect(throws: DecodeError.self) { try read(folder) }
            #expect(isFolder?.description == "\(folder): cannot be read: Is a directory")
        }
    }
}
