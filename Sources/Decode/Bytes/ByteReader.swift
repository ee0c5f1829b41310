/// Bytes pulled by their reader.
public protocol ByteReader {
    /// Fills the buffer from its start as far as bytes are at hand; returns how many, 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DecodeError) -> Int
}

/// How many bytes are asked for at a time.
public let readSize = 1 << 17
