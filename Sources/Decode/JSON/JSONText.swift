import Glibc

/// Bytes of a string on the tape, valid UTF-8. Borrowed like the value it came from.
public struct JSONText {
    fileprivate let start: UnsafePointer<UInt8>
    public let count: Int

    public init(start: UnsafePointer<UInt8>, count: Int) {
        (self.start, self.count) = (start, count)
    }

    /// Bytes outside of a tape that hold one text; nil for none.
    public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return nil }
        self.init(start: start, count: bytes.count)
    }

    public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    public var string: String { String(decoding: bytes, as: UTF8.self) }

    public init(_ name: StaticString) {
        self.init(start: name.utf8Start, count: name.utf8CodeUnitCount)
    }

    /// Inlined with the name's length, this is a comparison of words.
    @inline(__always)
    public static func == (text: JSONText, name: StaticString) -> Bool {
        text.count == name.utf8CodeUnitCount
            && memcmp(text.start, name.utf8Start, name.utf8CodeUnitCount) == 0
    }

    @inline(__always)
    public static func ~= (name: StaticString, text: JSONText) -> Bool { text == name }

    public func hasSuffix(_ name: StaticString) -> Bool {
        count >= name.utf8CodeUnitCount
            && memcmp(
                start + (count - name.utf8CodeUnitCount), name.utf8Start, name.utf8CodeUnitCount)
                == 0
    }

    public func contains(_ byte: UInt8) -> Bool { memchr(start, Int32(byte), count) != nil }

    /// The number that one or more ASCII digits spell, if it is below 2^64.
    public var number: UInt64? {
        guard !bytes.isEmpty else { return nil }
        var number: UInt64 = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (tens, isTooLong) = number.multipliedReportingOverflow(by: 10)
            let (sum, isTooHigh) = tens.addingReportingOverflow(UInt64(byte - 0x30))
            guard !isTooLong, !isTooHigh else { return nil }
            number = sum
        }
        return number
    }
}
