import Digest

/// Arrays of plain values one after the other, as they are in memory: for files that this very program reads
/// back on this very machine.
struct FlatWriter {
    /// Grows with every change of what is written.
    static let version: UInt64 = 0x7469_6465_0000_0004

    private var bytes: [UInt8] = []

    /// - Parameter byteCount: About as many as will be appended.
    init(reserving byteCount: Int = 0) {
        bytes.reserveCapacity(byteCount)
        append([Self.version])
    }

    mutating func append<Value: BitwiseCopyable>(_ values: [Value]) { append(values[...]) }

    mutating func append<Value: BitwiseCopyable>(_ values: ArraySlice<Value>) {
        withUnsafeBytes(of: UInt64(values.count)) { bytes += $0 }
        withUnsafeBytes(of: UInt64(MemoryLayout<Value>.stride)) { bytes += $0 }
        values.withUnsafeBytes { bytes += $0 }
        bytes += repeatElement(0, count: (8 - bytes.count % 8) % 8)
    }

    /// All of it with its checksum; nothing can be appended any more.
    mutating func finish() -> [UInt8] {
        withUnsafeBytes(of: Checksum.of(bytes[...])) { bytes += $0 }
        return bytes
    }
}

/// Reads back what a `FlatWriter` wrote.
struct FlatReader {
    private let bytes: [UInt8]
    private let end: Int
    private var position = 0

    /// Nil if the bytes are damaged or of another version.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        (self.bytes, end) = (bytes, bytes.count - 8)
        let sum = bytes.withUnsafeBytes { [end] in
            $0.loadUnaligned(fromByteOffset: end, as: UInt64.self)
        }
        guard Checksum.of(bytes[..<end]) == sum,
            values(of: UInt64.self) == [FlatWriter.version]
        else { return nil }
    }

    /// The next array; nil if it is none of such values.
    ///
    /// - Parameters:
    ///   - most: How many of it are taken.
    ///   - rest: What is put behind them; there is room for some more.
    mutating func values<Value: BitwiseCopyable>(
        of type: Value.Type, first most: Int = .max, before rest: [Value] = []
    ) -> [Value]? {
        guard let count = number(), let stride = number(), stride == MemoryLayout<Value>.stride,
            count <= (end - position) / stride
        else { return nil }
        let taken = min(count, most)
        var values = [Value](unsafeUninitializedCapacity: taken + rest.count + 4096) {
            buffer, filled in
            // The checksum and the stride say that these bytes were such values.
            bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(buffer)
                    .copyMemory(from: .init(rebasing: $0[position..<position + taken * stride]))
            }
            filled = taken
        }
        values += rest
        position = min(end, (position + count * stride + 7) / 8 * 8)
        return values
    }

    private mutating func number() -> Int? {
        guard position + 8 <= end else { return nil }
        defer { position += 8 }
        let word = bytes.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        }
        return Int(exactly: word)
    }
}
