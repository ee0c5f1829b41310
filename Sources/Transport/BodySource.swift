/// What a request sends, handed to curl piece by piece; curl starts again at 0 if a connection it
/// kept was dead.
struct BodySource {
    let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The number of bytes put into `buffer`, 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - offset)
        buffer.copyBytes(from: bytes[offset..<offset + count])
        offset += count
        return count
    }

    /// False if there is no such place.
    mutating func seek(to offset: Int) -> Bool {
        guard (0...bytes.count).contains(offset) else { return false }
        self.offset = offset
        return true
    }
}
