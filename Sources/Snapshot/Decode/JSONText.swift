import Glibc

/// Bytes of a string on the tape, valid UTF-8. Borrowed like the value it came from.
struct JSONText {
    fileprivate let start: UnsafePointer<UInt8>
    let count: Int

    init(start: UnsafePointer<UInt8>, count: Int) { (self.start, self.count) = (start, count) }

    /// Bytes outside of a tape that hold one text; nil for none.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return nil }
        self.init(start: start, count: bytes.count)
    }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    static func == (text: JSONText, name: StaticString) -> Bool {
        text.count == name.utf8CodeUnitCount && memcmp(name.utf8Start, text.start, text.count) == 0
    }

    static func ~= (name: StaticString, text: JSONText) -> Bool { text == name }

    /// The number that one or more ASCII digits spell, if it is below 2^64.
    var number: UInt64? {
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return UInt64(string)
    }
}
