import Support
import Testing

@testable import Decode

@Suite("TextBytes")
struct TextBytesTests {
    private struct Pieces: ByteReader {
        var rest: ArraySlice<UInt8>
        let size: Int
        mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
            let count = min(size, rest.count, buffer.count)
            buffer.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
    }

    private func text(_ bytes: [UInt8], pieces size: Int) throws(DecodeError) -> String {
        var reader = TextBytes(of: Pieces(rest: bytes[...], size: size), path: "f")
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
        defer { buffer.deallocate() }
        var found: [UInt8] = []
        while true {
            let count = try reader.read(into: buffer)
            if count == 0 { return String(decoding: found, as: UTF8.self) }
            found += buffer[..<count]
        }
    }

    @Test("reads UTF-16 with its mark, however it comes", arguments: 1...7)
    func marked(size: Int) throws {
        let plain = "{\"a\":\"é潮🌊\"}\n"
        let units = Array(plain.utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(try text([0xFF, 0xFE] + little, pieces: size) == plain)
        #expect(try text([0xFE, 0xFF] + big, pieces: size) == plain)
        #expect(
            try text([0xFE, 0xFF] + big + [0xD8, 0x3C, 0], pieces: size) == plain
                + "\u{FFFD}\u{FFFD}")
        #expect(try text(Array(plain.utf8), pieces: size) == plain)
        #expect(throws: DecodeError.encoding(path: "f", name: "UTF-16 without a byte order mark")) {
            try text(little, pieces: size)
        }
        #expect(throws: DecodeError.encoding(path: "f", name: "UTF-16 without a byte order mark")) {
            try text(big, pieces: size)
        }
        for start in [[0xFF, 0xFE, 0, 0], [0x7B, 0, 0, 0], [0, 0, 0, 0x7B]] as [[UInt8]] {
            #expect(throws: DecodeError.encoding(path: "f", name: "UTF-32")) {
                try text(start, pieces: size)
            }
        }
        for short in ["", "{", "{}"] { #expect(try text(Array(short.utf8), pieces: size) == short) }
    }
}
