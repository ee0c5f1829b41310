/// Bytes in base 16.
public enum Hex {
    /// Two lower-case digits a byte.
    public static func text(_ bytes: some Collection<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.count)
        for byte in bytes { append(byte, to: &digits) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Appends the two digits of a byte, in lower case.
    @inlinable
    public static func append(_ byte: UInt8, to digits: inout [UInt8]) {
        let (high, low) = Self.digits(byte)
        digits.append(high)
        digits.append(low)
    }

    /// The two digits of a byte, in lower case.
    @inlinable
    public static func digits(_ byte: UInt8) -> (high: UInt8, low: UInt8) {
        (digit(byte >> 4, ten: UInt8(ascii: "a")), digit(byte & 15, ten: UInt8(ascii: "a")))
    }

    /// Appends the two digits of a byte, in upper case.
    @inlinable
    public static func appendUppercase(_ byte: UInt8, to digits: inout [UInt8]) {
        digits.append(digit(byte >> 4, ten: UInt8(ascii: "A")))
        digits.append(digit(byte & 15, ten: UInt8(ascii: "A")))
    }

    /// What a digit of either case stands for; nil for any other byte.
    @inlinable
    public static func value(_ digit: UInt8) -> UInt8? {
        if digit.isASCIIDigit { return digit - 0x30 }
        let letter = (digit | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }

    @inlinable
    static func digit(_ value: UInt8, ten: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : ten - 10 + value
    }
}
