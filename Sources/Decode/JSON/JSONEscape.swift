import Glibc

/// The escapes of JSON strings (RFC 8259, section 7).
enum JSONEscape {
    /// The length of the escape that begins at this backslash; nil if JSON knows no such one, or if it
    /// stands for a character that needs none: a letter, a digit, a point.
    ///
    /// Five more bytes are readable behind the backslash.
    @inline(__always)
    static func plainLength(_ backslash: UnsafePointer<UInt8>) -> Int? {
        switch backslash[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard let unit = unit(backslash + 2) else { return nil }
            switch unit {
            // Control characters, "&'<> and all that is not ASCII.
            case ..<0x20, 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F...: return 6
            default: return nil
            }
        default: return nil
        }
    }

    /// Writes what a string with plain escapes stands for, which is never longer, and returns its length;
    /// nil if half a surrogate pair is in it.
    static func unescape(_ text: JSONText, to place: UnsafeMutablePointer<UInt8>) -> Int? {
        var count = 0
        var rest = text.bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let found = memchr(start, 0x5C, rest.count)
            let plain = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? rest.count
            (place + count).update(from: start, count: plain)
            count += plain
            var read = plain
            if found != nil {
                guard let scalar = scalar(start + plain, &read) else { return nil }
                for byte in UTF8.encode(scalar).unsafelyUnwrapped {
                    place[count] = byte
                    count += 1
                }
            }
            rest = UnsafeBufferPointer(rebasing: rest[read...])
        }
        return count
    }

    /// The scalar of the escape at this backslash; moves on behind it.
    private static func scalar(
        _ backslash: UnsafePointer<UInt8>, _ read: inout Int
    ) -> Unicode.Scalar? {
        read += 2
        switch backslash[1] {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: return Unicode.Scalar(backslash[1])
        }
        read += 4
        guard let first = unit(backslash + 2) else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard backslash[6] == UInt8(ascii: "\\"), backslash[7] == UInt8(ascii: "u"),
            let second = unit(backslash + 8), UTF16.isTrailSurrogate(second)
        else { return nil }
        read += 6
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    /// The number that four hexadecimal digits spell; all four are looked at together.
    @inline(__always)
    private static func unit(_ digits: UnsafePointer<UInt8>) -> UInt16? {
        let word = UInt32(
            bigEndian: UnsafeRawPointer(digits).loadUnaligned(as: UInt32.self))
        let small = word | 0x2020_2020
        // The high bit of each byte of 0 to 9, and of a to f, if none of them has it.
        let decimals = (word &+ 0x5050_5050) & ~(word &+ 0x4646_4646)
        let letters = (small &+ 0x1F1F_1F1F) & ~(small &+ 0x1919_1919)
        guard word & 0x8080_8080 == 0, (decimals | letters) & 0x8080_8080 == 0x8080_8080 else {
            return nil
        }
        let nibbles = (word & 0x0F0F_0F0F) &+ (word >> 6 & 0x0101_0101) &* 9
        let bytes = nibbles | nibbles >> 4
        return UInt16(truncatingIfNeeded: bytes >> 8 & 0xFF00 | bytes & 0xFF)
    }
}
