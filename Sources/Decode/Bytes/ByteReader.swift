/// Bytes pulled by their reader.
public protocol ByteReader {
    /// Fills the buffer from its start as far as bytes are at hand; returns how many, 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int
}

/// How many bytes are asked for at a time.
public let readSize = 1 << 17

/// Bytes whose first ones have been looked at.
struct PeekedBytes: ByteReader {
    private var bytes: any ByteReader
    /// Looked at, and still to be read.
    private var start: ArraySlice<UInt8> = []

    init(_ bytes: any ByteReader) { self.bytes = bytes }

    /// The first bytes, which stay to be read, or all if there are fewer. A pipe may give them one at a time.
    mutating func peek(_ count: Int) throws(DecodeError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        while start.count < count {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[start.count...])
            let got = try bytes.read(into: room)
            if got == 0 { break }
            start += room.prefix(got)
        }
        return Array(start)
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        if start.isEmpty { return try bytes.read(into: buffer) }
        let count = min(start.count, buffer.count)
        buffer.copyBytes(from: start.prefix(count))
        start = start.dropFirst(count)
        return count
    }
}
