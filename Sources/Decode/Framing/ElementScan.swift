/// Looks for the comma or bracket that ends an element of a JSON array, over as many chunks as it
/// takes.
///
/// A line that only looked like an array must not swallow the lines behind it, so the scan also ends
/// where no array can go on.
struct ElementScan {
    /// The element is longer than a record may be.
    private(set) var isTooLong = false
    /// The element ended where a line begins that is no part of an array.
    private(set) var isBroken = false
    /// Bytes of the element looked at already.
    private var scanned = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// The last byte outside strings that was no white space; nil at the element's start.
    private var previous: UInt8?
    private var isAtLineStart = false

    /// The index of the end of the element that begins at `start`, nil if it is not among the bytes.
    mutating func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        for index in start + scanned..<bytes.count where ends(at: bytes[index]) {
            return index
        }
        scanned = bytes.count - start
        return nil
    }

    private mutating func ends(at byte: UInt8) -> Bool {
        if isInString {
            if byte == UInt8(ascii: "\n") { isBroken = true }
            isInString = isEscaped || byte != UInt8(ascii: "\"")
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            return isBroken
        }
        if byte <= 0x20 {
            isAtLineStart = isAtLineStart || byte == UInt8(ascii: "\n")
            return false
        }
        if isAtLineStart, !canStartLine(byte) {
            isBroken = true
            return true
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "]") where depth == 0, UInt8(ascii: ",") where depth == 0: return true
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
        default: break
        }
        (previous, isAtLineStart) = (byte, false)
        return false
    }

    /// False for an object where none can stand, and for letters no JSON value begins with.
    private func canStartLine(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{"): previous.map { [0x2C, 0x3A, 0x5B].contains($0) } ?? true
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"): false
        default: true
        }
    }

    /// Gives up the bytes looked at; the element's end is still to be found.
    mutating func skip() {
        isTooLong = true
        scanned = 0
    }
}
