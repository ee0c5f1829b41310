/// Revisions of AT Protocol repositories: TIDs, 13 digits to the base of 32, the first below 16, whose
/// text order is their order in time.
enum RecordRevision {
    /// Behind the order of all text that is no TID.
    private static let firstTID: UInt64 = 1 << 48

    /// A number in the order of the texts. Text that is no TID comes before all that is, in the order of
    /// its first 6 bytes.
    static func order(_ text: JSONText) -> UInt64 {
        guard text.count == 13 else { return firstBytes(text) }
        var order: UInt64 = 0
        var highest: UInt64 = 0
        for byte in text.bytes {
            let (decimal, letter) = (byte &- UInt8(ascii: "2"), byte &- UInt8(ascii: "a"))
            // Chosen, not branched to: which it is nobody can foresee.
            let digit = decimal < 6 ? decimal : letter < 26 ? letter + 6 : .max
            guard digit < 32 else { return firstBytes(text) }
            highest = order >> 59
            order = order << 5 | UInt64(digit)
        }
        guard highest == 0 else { return firstBytes(text) }
        let (sum, isTooHigh) = order.addingReportingOverflow(firstTID)
        return isTooHigh ? .max : sum
    }

    private static func firstBytes(_ text: JSONText) -> UInt64 {
        (0..<6).reduce(0) { $0 << 8 | UInt64($1 < text.count ? text.bytes[$1] : 0) }
    }
}
