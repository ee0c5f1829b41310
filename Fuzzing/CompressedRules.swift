import Glibc

@testable import Decode
@testable import Snapshot

/// A file gives the same text, of each member if it is an archive, or fails in the same way, in pieces of any size.
enum CompressedRules {
    /// A few bytes can be made to grow without end.
    private static let most = 1 << 18

    static func check(_ input: inout FuzzInput) throws {
        let piece = 1 + input.decision()
        guard let stream = tmpfile() else { return }
        defer { fclose(stream) }
        let file = fileno(stream)
        let path = "/proc/self/fd/\(file)"
        let count = input.bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        guard count == input.bytes.count else { return }
        let (pieces, whole) = (read(path, piece), read(path, most))
        // What was read before a failure depends on how much was asked for.
        let length = min(pieces.bytes.count, whole.bytes.count)
        try requireEqual(
            pieces.bytes.prefix(length), whole.bytes.prefix(length), "in pieces, and in one")
        // Who has read enough need not have come to a failure that the other met on the way there.
        if max(pieces.bytes.count, whole.bytes.count) < most {
            try requireEqual(pieces.failure == nil, whole.failure == nil, "in pieces, and in one")
            if pieces.failure == nil {
                try requireEqual(pieces.bytes.count, whole.bytes.count, "in pieces, and in one")
            }
        }
    }

    /// As many bytes as there are, at most `most`, and what went wrong after them.
    private static func read(
        _ path: String, _ piece: Int
    ) -> (bytes: [UInt8], failure: DecodeError?) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 1)
        defer { buffer.deallocate() }
        var bytes: [UInt8] = []
        do {
            var recorded = try RecordedBytes(path: path)
            while bytes.count < most, let part = try recorded.next() {
                bytes += part.path.utf8
                var text = TextBytes(of: part.bytes, path: part.path)
                while bytes.count < most {
                    let count = try text.read(into: buffer)
                    if count == 0 { break }
                    bytes += buffer[..<count]
                }
            }
            return (Array(bytes.prefix(most)), nil)
        } catch {
            return (bytes, error)
        }
    }
}
