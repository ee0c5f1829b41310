import CZlib

/// Bytes as gzip (RFC 1952): the same bytes give the same gzip, with no time and no name in it.
public enum Gzip {
    /// Nil if zlib has no memory for it.
    public static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard tidemark_deflate_init(&stream, 6) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        var status = Z_OK
        var input = bytes
        let compressed = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(bound)
                status = deflate(&stream, Z_FINISH)
            }
            count = bound - Int(stream.avail_out)
        }
        return status == Z_STREAM_END ? compressed : nil
    }

    /// What was compressed; nil if that is no gzip, is cut off, or is of more bytes than `byteLimit`.
    public static func expand(_ bytes: [UInt8], byteLimit: Int) -> [UInt8]? {
        var stream = z_stream()
        guard tidemark_inflate_init(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = bytes
        var expanded: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        return input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while true {
                let status = chunk.withUnsafeMutableBufferPointer { chunk in
                    stream.next_out = chunk.baseAddress
                    stream.avail_out = UInt32(chunk.count)
                    return inflate(&stream, Z_NO_FLUSH)
                }
                expanded += chunk.dropLast(Int(stream.avail_out))
                guard expanded.count <= byteLimit else { return nil }
                if status == Z_STREAM_END { return expanded }
                guard status == Z_OK else { return nil }
            }
        }
    }
}
