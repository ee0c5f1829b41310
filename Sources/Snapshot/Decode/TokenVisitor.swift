/// What is told of a line's structure while its tokens are checked.
protocol TokenVisitor {
    /// A member of an object that is `depth` brackets deep, the outermost being 1: where its name and
    /// its value begin. False gives up.
    mutating func member(_ tokens: JSONTokens, name: Int, value: Int, depth: Int) -> Bool

    /// An object or array opens at this token, closes at this one.
    mutating func open(_ position: Int)
    mutating func close(_ position: Int)
}

extension JSONTokens {
    /// Whether the line up to `end`, whose first token is at hand, is certainly a JSON object.
    ///
    /// Reads the tokens that the first stage of simdjson found, as its second stage would, and accepts
    /// no line that the parser would not: at whatever is not plain (a `\u`, a fraction, a long number,
    /// deep nesting) it gives up, and the parser has to decide. Strings need no look: the first stage
    /// has checked that they end, and hold valid UTF-8 and no control characters; with plain escapes
    /// nothing else can be wrong with them.
    @inline(__always)
    mutating func isObject(upTo end: Int, _ visitor: inout some TokenVisitor) -> Bool {
        guard hasPlainEscapes(before: end), byte == UInt8(ascii: "{") else { return false }
        visitor.open(position)
        // One bit for each open bracket, 1 for that of an object.
        var open: UInt64 = 1
        var depth = 1
        var isFirst = true
        while true {
            // At the comma before a member or element, or at the bracket before the first.
            var byte = advance()
            guard start < end else { return false }
            let closing = open & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if !isFirst || byte != closing {
                if open & 1 == 1 {
                    guard byte == UInt8(ascii: "\"") else { return false }
                    let name = start
                    guard advance() == UInt8(ascii: ":") else { return false }
                    byte = advance()
                    guard visitor.member(self, name: name, value: start, depth: depth) else {
                        return false
                    }
                }
                switch byte {
                case UInt8(ascii: "\""): break
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    guard depth < UInt64.bitWidth else { return false }
                    open = open << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
                    depth += 1
                    isFirst = true
                    visitor.open(position)
                    continue
                default: guard isPlainScalar else { return false }
                }
                byte = advance()
            }
            isFirst = false
            while byte != UInt8(ascii: ",") {
                guard byte == (open & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    return false
                }
                visitor.close(position)
                depth -= 1
                open >>= 1
                if depth == 0 { return start == end - 1 }
                byte = advance()
            }
        }
    }

    /// Whether these bytes stand there.
    @inline(__always)
    func stands(at place: Int, _ text: StaticString) -> Bool {
        JSONText(start: base + place, count: text.utf8CodeUnitCount) == text
    }

    /// Whether the token is `true`, `false`, `null`, or a whole number of at most 18 digits, and ends as
    /// one must.
    @inline(__always)
    private var isPlainScalar: Bool {
        var end = start
        switch byte {
        case UInt8(ascii: "t"):
            guard stands(at: end, "true") else { return false }
            end += 4
        case UInt8(ascii: "f"):
            guard stands(at: end, "false") else { return false }
            end += 5
        case UInt8(ascii: "n"):
            guard stands(at: end, "null") else { return false }
            end += 4
        default:
            if byte == UInt8(ascii: "-") { end += 1 }
            let first = end
            while base[end] &- 0x30 < 10 { end += 1 }
            let digits = end - first
            guard digits > 0, digits <= 18, digits == 1 || base[first] != 0x30 else { return false }
        }
        switch base[end] {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D:
            return true
        default: return false
        }
    }
}
