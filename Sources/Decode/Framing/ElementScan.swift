/// Looks for the end of a JSON value over as many chunks as it takes: the comma or bracket that ends an
/// element of an array, or the brace that ends an object outside of one.
///
/// A line that only looked like a value of many must not swallow the lines behind it, so the scan also
/// ends where none can go on.
struct ElementScan {
    /// Of an object that no array is around, which ends with its own brace.
    let isBare: Bool
    /// The element is longer than a record may be.
    private(set) var isTooLong = false
    /// The element ended where a line begins that is no part of it.
    private(set) var isBroken = false
    /// Bytes of the element looked at already.
    private var scanned = 0
    private var depth = 0
    /// A bit for each open bracket, the innermost lowest: 1 for that of an object.
    private var open: UInt32 = 0
    private var isInString = false
    private var isEscaped = false
    /// The last byte outside strings that was no white space; nil at the element's start.
    private var previous: UInt8?
    private var isAtLineStart = false

    init(isBare: Bool = false) { self.isBare = isBare }

    /// The index of the end of the element that begins at `start`, nil if it is not among the bytes: that of
    /// the comma or bracket behind it, or of its own brace.
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
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            open = open << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
            // So that no byte is looked at for more than so many beginnings.
            isBroken = isBare && depth > UInt32.bitWidth
        case UInt8(ascii: "]") where depth == 0, UInt8(ascii: ",") where depth == 0: return true
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth = max(0, depth - 1)
            open >>= 1
            if isBare, depth == 0 { return true }
        default: break
        }
        (previous, isAtLineStart) = (byte, false)
        return isBroken
    }

    /// False for an object where none can stand, and for letters no JSON value begins with.
    private func canStartLine(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{"):
            switch previous {
            case nil, UInt8(ascii: ":"), UInt8(ascii: "["): true
            case UInt8(ascii: ","): open & 1 == 0
            default: false
            }
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
