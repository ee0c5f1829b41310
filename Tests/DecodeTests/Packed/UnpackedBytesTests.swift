import CLZMA
import CZstd
import Foundation
import Glibc
import Support
import Testing

@testable import Decode

@Suite("UnpackedBytes")
struct UnpackedBytesTests {
    private static let text = Array((0..<20_000).map { "{\"line\":\($0)}\n" }.joined().utf8)

    private static func packed(_ text: [UInt8], by way: String) -> [UInt8] {
        if way == "lz4" && text.isEmpty {
            // What `lz4` writes; libarchive's writer crashes.
            return [
                0x04, 0x22, 0x4D, 0x18, 0x64, 0x40, 0xA7, 0, 0, 0, 0, 0x05, 0x5D, 0xCC, 0x02,
            ]
        }
        if way == "zstd" {
            let context = ZSTD_createCCtx()
            defer { ZSTD_freeCCtx(context) }
            ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
            var output = [UInt8](repeating: 0, count: ZSTD_compressBound(text.count))
            let count = ZSTD_compress2(context, &output, output.count, text, text.count)
            return Array(output.prefix(count))
        }
        // libarchive's writer of LZ4 leaves the checksum out.
        return Packed.compressed(
            text, by: way, options: way == "lz4" ? "lz4:stream-checksum=1" : nil)
    }

    /// A file, and what it holds.
    typealias Example = (name: String, file: [UInt8], text: [UInt8])

    static let whole: [Example] = {
        let unblocked = Array("BZh9 is how bzip2 begins".utf8)
        var examples: [Example] = [
            ("nothing", [], []), ("one byte", [0x1F], [0x1F]),
            ("three bytes", [0x28, 0xB5, 0x2F], [0x28, 0xB5, 0x2F]), ("plain", text, text),
            ("bzip2 without a block", unblocked, unblocked),
        ]
        let zeros = [UInt8](repeating: 0, count: 512)
        for way in Packed.ways {
            let file = packed(text, by: way)
            examples.append((way, file, text))
            examples.append(("\(way) of nothing", packed([], by: way), []))
            examples.append(("\(way) padded with zeros", file + zeros, text))
            if way == "lzma" { continue }
            let (seven, nothing) = (packed([7, 8], by: way), packed([], by: way))
            examples.append(("\(way), several streams", file + nothing + seven, text + [7, 8]))
            examples.append(("\(way), zeros between", file + zeros + seven, text + [7, 8]))
        }
        let skipped: [UInt8] = [0x5F, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 1, 2]
        examples.append(("skipped frames", skipped + packed(text, by: "zstd"), text))
        examples.append(("skipped frames of LZ4", skipped + packed(text, by: "lz4"), text))
        return examples
    }()

    @Test("gives the bytes, compressed or not, in pieces of any size", arguments: whole)
    func reads(example: Example) async throws {
        try await withFile(example.file) { path in
            for pieces in [1, 7, 1000, 1 << 20] {
                guard pieces > 7 || example.text.count < 10 else { continue }
                let found = try RecordedParts(path, pieces: pieces)
                #expect(found.all == example.text, "\(example.name), \(pieces)")
            }
        }
    }

    @Test(
        "gives all of a Zstandard file without checksum, however small the pieces",
        arguments: [1, 6])
    func withoutChecksum(pieces: Int) async throws {
        // RFC 8878: magic number, frame header, and as the last block 1000 times the letter a.
        let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x43, 0x1F, 0x00, 0x61]
        try await withFile(frame) { path in
            let found = try RecordedParts(path, pieces: pieces)
            #expect(found.all == Array(repeating: 0x61, count: 1000))
        }
        // The block not being the last, the end is missing.
        try await withFile(frame.enumerated().map { $0 == 6 ? 0x42 : $1 }) { path in
            let failure = DecodeError.damaged(path: path, reason: "they end too early")
            #expect(throws: failure) { () throws in try RecordedParts(path, pieces: pieces) }
        }
    }

    @Test("gives the bytes of a pipe that gives them one at a time", arguments: Packed.ways + [""])
    func pipe(way: String) async throws {
        let text = Array(Self.text.prefix(3000))
        let file = way.isEmpty ? text : Self.packed(text, by: way)
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
            let found = try RecordedParts(path)
            #expect(found.all == text)
        }
    }

    @Test("says where compressed data end too early", arguments: Packed.ways)
    func truncated(way: String) async throws {
        let file = Self.packed(Self.text, by: way)
        for count in [14, 20, file.count / 2, file.count - 1] {
            try await withFile(Array(file.prefix(count))) { path in
                let error = #expect(throws: DecodeError.self) { try RecordedParts(path) }
                #expect(
                    error?.description
                        == "\(path): the compressed data are damaged: they end too early")
            }
        }
    }

    /// The forerunner of xz has no checksum.
    @Test(
        "never takes damaged data for whole ones, and never hangs",
        arguments: ["gzip", "bzip2", "xz", "lz4", "zstd", "lzma"])
    func damaged(way: String) async throws {
        var random = SeededRandom(16)
        let text = Array(Self.text.prefix(2000))
        let file = Self.packed(text, by: way)
        for _ in 0..<200 {
            var bad = file
            bad[Int.random(in: 10..<bad.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            try await withFile(bad) { path in
                let found = try? RecordedParts(path)
                if way != "lzma" { #expect(found == nil || found?.all == text) }
            }
        }
    }

    @Test("says that something follows", arguments: Packed.ways)
    func rubbish(way: String) async throws {
        for rubbish: [UInt8] in [[1], [0, 0, 1, 2], Array("{}\n".utf8)] {
            try await withFile(Self.packed(Self.text, by: way) + rubbish) { path in
                let failure = DecodeError.damaged(
                    path: path, reason: "bytes that do not belong to them follow their end")
                #expect(throws: failure) { () throws in try RecordedParts(path) }
            }
        }
    }

    /// The file and whether its window is 128 MiB; else it is a larger one.
    typealias Window = (name: String, file: [UInt8], isRead: Bool)

    static let windows: [Window] = [true, false].flatMap { isRead -> [Window] in
        // RFC 8878, 3.1.1.1.2: an exponent of two above 1 KiB, in the upper five bits.
        let zstd: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, isRead ? 0x88 : 0x90]
        var lzma = packed(text, by: "lzma")
        lzma.replaceSubrange(1..<5, with: [0, 0, 0, isRead ? 8 : 16])
        // The .xz file format, 3.1 and 5.3.1: the properties of LZMA2, then the header's checksum.
        var xz = packed(text, by: "xz")
        xz[16] = isRead ? 30 : 31
        withUnsafeBytes(of: lzma_crc32(Array(xz[12..<20]), 8, 0).littleEndian) {
            xz.replaceSubrange(20..<24, with: $0)
        }
        return [
            ("zstd", zstd + [0x43, 0x1F, 0x00, 0x61], isRead), ("lzma", lzma, isRead),
            ("xz", xz, isRead),
        ]
    }

    @Test("refuses a window of more than 128 MiB", arguments: windows)
    func window(example: Window) async throws {
        try await withFile(example.file) { path in
            if example.isRead {
                let found = try RecordedParts(path)
                #expect(found.all?.isEmpty == false)
            } else {
                let error = #expect(throws: DecodeError.self) { try RecordedParts(path) }
                #expect(error == UnpackingFault.largeWindow.error(path: path))
            }
        }
    }

    @Test("ends what was made to unpack without end")
    func bomb() async throws {
        // A Zstandard frame of blocks of 128 KiB, each a byte over and over.
        let blocks = [[UInt8]](repeating: [0x02, 0x00, 0x10, 0x61], count: 9000).joined()
        let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58] + blocks
        try await withFile(frame + [0x03, 0x00, 0x10, 0x61]) { path in
            var recorded = try RecordedBytes(path: path)
            var part = try recorded.next()
            let error = #expect(throws: DecodeError.self) {
                let buffer = UnsafeMutableRawBufferPointer.allocate(
                    byteCount: readSize, alignment: 1)
                defer { buffer.deallocate() }
                while let count = try part?.bytes.read(into: buffer), count > 0 {}
            }
            #expect(error?.description.contains("unpacks to more than 1000 times its size") == true)
        }
    }

    @Test(
        "says what is not read",
        arguments: [
            ("Rar!\u{1A}\u{7}\u{0}", "an archive of RAR"), ("LZIP\u{1}", "compressed by lzip"),
            ("!<arch>\n", "an archive of ar"), ("SQLite format 3\0", "a database of SQLite"),
        ])
    func others(start: String, name: String) async throws {
        try await withFile(Array(start.utf8) + [1, 2, 3]) { path in
            let error = #expect(throws: DecodeError.self) { try RecordedParts(path) }
            #expect(
                error?.description.hasPrefix("\(path): is \(name), which is not read; ") == true)
        }
    }

    @Test("refuses what is compressed twice", arguments: Packed.ways)
    func twice(way: String) async throws {
        try await withFile(Self.packed(Self.packed(Self.text, by: "gzip"), by: way)) { path in
            let failure = DecodeError.refused(
                path: path, reason: "is compressed twice; unpack it once")
            #expect(throws: failure) { () throws in try RecordedParts(path) }
        }
    }

    @Test("says which file cannot be read, and why")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            let missing = #expect(throws: DecodeError.self) { try RecordedParts(folder + "/none") }
            #expect(
                missing?.description == "\(folder)/none: cannot be read: No such file or directory")
            let isFolder = #expect(throws: DecodeError.self) { try RecordedParts(folder) }
            #expect(isFolder?.description == "\(folder): cannot be read: Is a directory")
        }
    }
}
