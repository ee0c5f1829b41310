/// Looks for the comma or bracket that ends an element of a JSON array, over as many chunks as it
/// takes.
struct ElementScan {
    /// The element is longer than a record may be.
    private(set) var isTooLong = false
    /// Bytes of the element looked at already.
    private var scanned = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false

    /// The index of the end of the element that begins at `start`, nil if it is not among the bytes.
    mutating func next(in bytes: [UInt8], from start: Int, to limit: Int) -> Int? {
        for index in start + scanned..<limit {
            let byte = bytes[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]") where depth == 0, UInt8(ascii: ",") where depth == 0:
                return index
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            default: break
            }
        }
        scanned = limit - start
        return nil
    }

    /// Gives up the bytes looked at; the element's end is still to be found.
    mutating func skip() {
        isTooLong = true
        scanned = 0
    }
}
