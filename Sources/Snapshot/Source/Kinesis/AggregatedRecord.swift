import Digest

/// Records that the Kinesis Producer Library has packed into one.
///
/// A mark, a message of Protocol Buffers whose field 3 is a record, whose field 3 is its bytes, and the MD5 of the
/// message. Source: amazon-kinesis-producer, aggregation-format.md.
struct AggregatedRecord {
    private static let mark: [UInt8] = [0xF3, 0x89, 0x9A, 0xC2]
    private static let digestByteCount = 16

    private let message: ArraySlice<UInt8>

    /// Nil if the bytes are no such record: then they are one themselves.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > Self.mark.count + Self.digestByteCount, bytes.starts(with: Self.mark)
        else { return nil }
        let message = bytes.dropFirst(Self.mark.count).dropLast(Self.digestByteCount)
        // Rules that forbid MD5 forbid nothing of what is in it.
        if let digest = MD5(of: message),
            digest.bytes != Array(bytes.suffix(Self.digestByteCount))
        {
            return nil
        }
        self.message = message
        guard forEach({ _ in }) else { return nil }
    }

    /// Hands over what was packed, in order; false where that is broken off.
    @discardableResult
    func forEach(_ body: (ArraySlice<UInt8>) -> Void) -> Bool {
        var fields = Fields(message)
        while let (number, field) = fields.next() {
            guard number == 3 else { continue }
            var inner = Fields(field)
            while let (number, field) = inner.next() {
                if number == 3 { body(field) }
            }
            guard !inner.isBroken else { return false }
        }
        return !fields.isBroken
    }

    /// The records that the bytes hold: those that were packed into them, or they themselves.
    static func forEach(in bytes: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
        if let packed = AggregatedRecord(bytes) { packed.forEach(body) } else { body(bytes[...]) }
    }

    /// The fields of a message that have bytes; others are passed over.
    private struct Fields {
        private var rest: ArraySlice<UInt8>
        private(set) var isBroken = false

        init(_ message: ArraySlice<UInt8>) { rest = message }

        mutating func next() -> (number: UInt64, bytes: ArraySlice<UInt8>)? {
            while !rest.isEmpty {
                guard let tag = varint() else { break }
                switch tag & 7 {
                case 0: if varint() == nil { return broken() }
                case 1: if take(8) == nil { return broken() }
                case 2:
                    guard let count = varint(), let bytes = take(count) else { return broken() }
                    return (tag >> 3, bytes)
                case 5: if take(4) == nil { return broken() }
                default: return broken()
                }
            }
            return rest.isEmpty ? nil : broken()
        }

        private mutating func broken() -> (UInt64, ArraySlice<UInt8>)? {
            (isBroken, rest) = (true, [])
            return nil
        }

        private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
            guard count <= UInt64(rest.count) else { return nil }
            let taken = rest.prefix(Int(count))
            rest = rest.dropFirst(Int(count))
            return taken
        }

        private mutating func varint() -> UInt64? {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 7) {
                guard let byte = rest.popFirst() else { return nil }
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
            }
            return nil
        }
    }
}
