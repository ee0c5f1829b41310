/// What a byte is in ASCII: the same on every machine and in every language.
extension UInt8 {
    @inlinable public var isASCIIDigit: Bool { self &- 0x30 < 10 }
    @inlinable public var isASCIILowercase: Bool { self &- 0x61 < 26 }
    @inlinable public var isASCIIUppercase: Bool { self &- 0x41 < 26 }
    @inlinable public var isASCIILetter: Bool { (self | 0x20).isASCIILowercase }
    /// Space, TAB, LF, VT, FF, CR.
    @inlinable public var isASCIIWhitespace: Bool { self == 0x20 || self &- 0x09 < 5 }
    /// `a` for `A`; every other byte is itself.
    @inlinable public var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }
}

extension BidirectionalCollection<UInt8> {
    /// Without the ASCII white space at both ends.
    public func trimmingASCIIWhitespace() -> SubSequence {
        let start = firstIndex { !$0.isASCIIWhitespace } ?? endIndex
        let end = lastIndex { !$0.isASCIIWhitespace }.map(index(after:)) ?? start
        return self[start..<end]
    }
}

/// The number that ASCII digits spell; nil if there are none, more than 18, or anything else among them.
public func decimal(_ digits: Span<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count < 19 else { return nil }
    var number = 0
    for index in digits.indices {
        let digit = digits[index]
        guard digit.isASCIIDigit else { return nil }
        number = number * 10 + Int(digit - 0x30)
    }
    return number
}

/// `number`, not below zero, in decimal with leading zeros up to `width`.
public func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
