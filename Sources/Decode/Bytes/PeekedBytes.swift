/// Bytes that were read ahead, and the rest of their file.
struct PeekedBytes: ByteReader {
    var start: ArraySlice<UInt8>
    let rest: FileBytes

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int {
        guard !start.isEmpty else { return try rest.read(into: buffer) }
        let count = min(start.count, buffer.count)
        buffer.copyBytes(from: start.prefix(count))
        start = start.dropFirst(count)
        return count
    }
}
