/// Little helpers for the records that a ledger keeps: fixed-width numbers and counted bytes, read in
/// the order they were written.
extension [UInt8] {
    mutating func append(number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
    }

    /// The length in two bytes, then the bytes; at most 65,535 of them.
    mutating func append(counted bytes: UnsafeRawBufferPointer) {
        append(number: UInt16(bytes.count))
        append(contentsOf: bytes)
    }
}

/// Reads what the appending wrote.
struct RawReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
        as type: Number.Type = Number.self
    ) -> Number { value() }

    mutating func value<Value: BitwiseCopyable>() -> Value {
        defer { position += MemoryLayout<Value>.size }
        return bytes.loadUnaligned(fromByteOffset: position, as: Value.self)
    }

    mutating func counted() -> UnsafeRawBufferPointer {
        let count = Int(number(as: UInt16.self))
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    mutating func skip(_ count: Int) { position += count }
    mutating func move(to position: Int) { self.position = position }
}
