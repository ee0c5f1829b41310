/// Tells Jetstream events that cannot matter, nine in ten, without parsing them: commits to other
/// collections than that of posts.
///
/// Reads the tokens that the first stage of simdjson found, as its second stage would, and accepts no
/// line that the parser would not: at whatever is not plain (a `\u`, a fraction, a long number, deep
/// nesting) it gives up, and the parser decides.
enum JetstreamSkim {
    /// Whether the line up to `end` is a JSON object and such a commit; false if that is not certain.
    ///
    /// Strings need no look: the first stage has checked that they end, and hold valid UTF-8 and no
    /// control characters; with plain escapes nothing else can be wrong with them.
    static func isNotice(_ tokens: inout JSONTokens, _ end: Int) -> Bool {
        guard tokens.hasPlainEscapes(before: end), tokens.byte == UInt8(ascii: "{") else {
            return false
        }
        // One bit for each open bracket, 1 for that of an object.
        var open: UInt64 = 1
        var depth = 1
        var isFirst = true
        var isInCommit = false
        var hasCommit = false
        var hasOtherCollection = false
        while true {
            // At the comma before a member or element, or at the bracket before the first.
            var byte = tokens.advance()
            guard tokens.start < end else { return false }
            let closing = open & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if !isFirst || byte != closing {
                if open & 1 == 1 {
                    guard byte == UInt8(ascii: "\"") else { return false }
                    let name = tokens.start
                    guard tokens.advance() == UInt8(ascii: ":") else { return false }
                    byte = tokens.advance()
                    if depth == 1 {
                        isInCommit = tokens.stands(at: name, "\"commit\"")
                        if isInCommit {
                            guard !hasCommit else { return false }
                            hasCommit = true
                        }
                    } else if depth == 2, isInCommit, tokens.stands(at: name, "\"collection\"") {
                        guard byte == UInt8(ascii: "\""),
                            !tokens.stands(at: tokens.start, "\"app.bsky.feed.post\"")
                        else { return false }
                        hasOtherCollection = true
                    }
                }
                switch byte {
                case UInt8(ascii: "\""): break
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    guard depth < 60 else { return false }
                    open = open << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
                    depth += 1
                    isFirst = true
                    continue
                default: guard tokens.isPlainScalar else { return false }
                }
                byte = tokens.advance()
            }
            isFirst = false
            while byte != UInt8(ascii: ",") {
                guard byte == (open & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    return false
                }
                depth -= 1
                open >>= 1
                if depth == 0 { return tokens.start == end - 1 && hasOtherCollection }
                byte = tokens.advance()
            }
        }
    }
}

extension JSONTokens {
    /// Whether these bytes stand there.
    @inline(__always)
    fileprivate func stands(at place: Int, _ text: StaticString) -> Bool {
        JSONText(start: base + place, count: text.utf8CodeUnitCount) == text
    }

    /// Whether the token is `true`, `false`, `null`, or a whole number of at most 18 digits, and ends as
    /// one must.
    @inline(__always)
    fileprivate var isPlainScalar: Bool {
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
