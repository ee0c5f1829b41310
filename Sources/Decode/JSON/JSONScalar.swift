/// The values of JSON that are neither strings nor made of others (RFC 8259, sections 3 and 6).
enum JSONScalar {
    /// Whether `true`, `false`, `null`, or a number of at most 19 digits and an exponent of at most two
    /// stands there, and ends as one must. Longer numbers may not fit.
    ///
    /// Seven more bytes are readable behind the first that is no digit.
    @inline(__always)
    static func isPlain(_ start: UnsafePointer<UInt8>) -> Bool {
        let length: Int? =
            switch UInt32(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)) {
            // "null", "true", "fals"
            case 0x6E75_6C6C, 0x7472_7565: 4
            case 0x6661_6C73: start[4] == UInt8(ascii: "e") ? 5 : nil
            default: numberLength(start)
            }
        guard let length else { return false }
        switch start[length] {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D:
            return true
        default: return false
        }
    }

    @inline(__always)
    private static func numberLength(_ start: UnsafePointer<UInt8>) -> Int? {
        let sign = start.pointee == UInt8(ascii: "-") ? 1 : 0
        var digits = digitCount(start + sign)
        guard digits == 1 || digits > 1 && start[sign] != 0x30 else { return nil }
        var length = sign + digits
        if start[length] == UInt8(ascii: ".") {
            let fraction = digitCount(start + length + 1)
            guard fraction > 0 else { return nil }
            digits += fraction
            length += 1 + fraction
        }
        guard digits <= 19 else { return nil }
        if start[length] | 0x20 == UInt8(ascii: "e") {
            length += 1
            if start[length] == UInt8(ascii: "+") || start[length] == UInt8(ascii: "-") {
                length += 1
            }
            let exponent = digitCount(start + length)
            guard (1...2).contains(exponent) else { return nil }
            length += exponent
        }
        return length
    }

    /// How many digits stand there; eight bytes are looked at together.
    @inline(__always)
    private static func digitCount(_ digits: UnsafePointer<UInt8>) -> Int {
        var count = 0
        while true {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(digits + count).loadUnaligned(as: UInt64.self))
            // The high bit of each byte that is no digit, up to the first one.
            let others =
                ((word ^ 0x3030_3030_3030_3030) &+ 0x7676_7676_7676_7676 | word)
                & 0x8080_8080_8080_8080
            guard others == 0 else { return count + others.trailingZeroBitCount / 8 }
            count += 8
        }
    }
}
