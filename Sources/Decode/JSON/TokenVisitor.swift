/// What is told of a line's structure while its tokens are checked.
protocol TokenVisitor {
    /// A member of an object that is `depth` brackets deep, the outermost being 1: where its name and
    /// its value begin. False gives up.
    mutating func member(_ base: UnsafePointer<UInt8>, name: Int, value: Int, depth: Int) -> Bool

    /// An object or array opens at this token, closes at this one.
    mutating func open(_ position: Int)
    mutating func close(_ position: Int)
}

extension JSONTokens {
    /// Whether the line up to `end`, whose first token is at hand, is certainly a JSON object. Then the
    /// token at hand is the one behind it.
    ///
    /// Reads the tokens that the first stage of simdjson found, as its second stage would, and accepts
    /// no line that the parser would not: at whatever is not plain (an escaped letter, a long number, deep
    /// nesting) it gives up, and the parser has to decide. Strings need no look: the first stage has
    /// checked that they end, and hold valid UTF-8 and no control characters; with plain escapes nothing
    /// else can be wrong with them.
    @inline(__always)
    mutating func isObject(upTo end: Int, _ visitor: inout some TokenVisitor) -> Bool {
        guard hasPlainEscapes(before: end), byte == UInt8(ascii: "{") else { return false }
        // Of its own, so that it stays in registers.
        var token = JSONTokenCursor(base: base, starts: starts, position: position)
        defer { position = token.position }
        // One bit for each open bracket, 1 for that of an object.
        var open: UInt64 = 1
        var depth = 1
        visitor.open(token.position)
        var byte = token.advance()
        var isEmpty = byte == UInt8(ascii: "}")
        while true {
            // At the first token of a member or element, or at the bracket that closes none.
            let isInObject = open & 1 == 1
            var opens = false
            while !isEmpty {
                if isInObject {
                    guard byte == UInt8(ascii: "\"") else { return false }
                    let name = token.start
                    guard token.advance() == UInt8(ascii: ":") else { return false }
                    byte = token.advance()
                    guard visitor.member(base, name: name, value: token.start, depth: depth) else {
                        return false
                    }
                }
                if byte != UInt8(ascii: "\"") {
                    opens = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
                    if opens { break }
                    guard JSONScalar.isPlain(base + token.start) else { return false }
                }
                byte = token.advance()
                guard byte == UInt8(ascii: ",") else { break }
                byte = token.advance()
            }
            isEmpty = false
            if opens {
                // A line left open would otherwise be walked over with every open line before it.
                guard depth < UInt64.bitWidth, token.start < end else { return false }
                visitor.open(token.position)
                open = open << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
                depth += 1
                // In ASCII, two behind the one that opens.
                let closing = byte + 2
                byte = token.advance()
                isEmpty = byte == closing
                continue
            }
            repeat {
                guard byte == (open & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    return false
                }
                visitor.close(token.position)
                depth -= 1
                open >>= 1
                if depth == 0 { return token.start == end - 1 }
                byte = token.advance()
            } while byte != UInt8(ascii: ",")
            byte = token.advance()
        }
    }
}

/// Goes from token to token.
private struct JSONTokenCursor {
    let base: UnsafePointer<UInt8>
    let starts: UnsafePointer<UInt32>
    private(set) var position: Int
    /// Where the token at hand begins.
    private(set) var start: Int

    @inline(__always)
    init(base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, position: Int) {
        (self.base, self.starts, self.position) = (base, starts, position)
        start = Int(starts[position])
    }

    /// The next token's first byte. Not to be asked for at the end.
    @inline(__always)
    mutating func advance() -> UInt8 {
        position &+= 1
        start = Int(starts[position])
        return base[start]
    }
}
