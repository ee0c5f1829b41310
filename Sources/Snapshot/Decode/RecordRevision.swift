/// Revisions of AT Protocol repositories: TIDs, 13 digits to the base of 32 whose text order is their
/// order in time.
enum RecordRevision {
    /// A number in the order of the texts; for text that is no TID, in the order of its first 8 bytes.
    static func order(_ text: JSONText) -> UInt64 {
        let digits = text.bytes.compactMap(digit)
        guard text.bytes.count == 13, digits.count == 13 else {
            return (0..<8).reduce(0) { order, index in
                order << 8 | UInt64(index < text.bytes.count ? text.bytes[index] : 0)
            }
        }
        return digits.reduce(0) { $0 << 5 | $1 }
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "2")...UInt8(ascii: "7"): UInt64(byte - UInt8(ascii: "2"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(byte - UInt8(ascii: "a") + 6)
        default: nil
        }
    }
}
