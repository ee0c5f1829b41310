import Glibc

/// The tokens of JSON lines that stand in one buffer, from one of them on.
struct JSONTokens {
    let base: UnsafePointer<UInt8>
    /// The place of each token's first byte; behind the last one that of the last line's end.
    let starts: UnsafePointer<UInt32>
    private let count: Int
    private let byteCount: Int
    private(set) var position = 0
    /// The first backslash that is not before the position.
    private var backslash: Int

    init(base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, count: Int, byteCount: Int) {
        (self.base, self.starts) = (base, starts)
        (self.count, self.byteCount) = (count, byteCount)
        backslash = -1
    }

    /// Where the token at hand begins; at the end, and only there, a line feed stands.
    @inline(__always)
    var start: Int { Int(starts[position]) }

    @inline(__always)
    var byte: UInt8 { base[start] }

    /// The next token's first byte. Not to be asked for at the end.
    @inline(__always)
    mutating func advance() -> UInt8 {
        position += 1
        return byte
    }

    /// Goes on to the token that begins there; false if none does, or if it does not begin a line.
    @inline(__always)
    mutating func skip(to place: UnsafePointer<UInt8>) -> Bool {
        let offset = place - base
        guard offset >= 0, offset < byteCount, offset == 0 || base[offset - 1] == 0x0A else {
            return false
        }
        while position < count, start < offset { position += 1 }
        return start == offset
    }

    /// Whether the line that was asked about last holds a backslash.
    private(set) var hasEscapes = false

    /// Whether every backslash before `end` is followed by what may follow one, but for `u`.
    @inline(__always)
    mutating func hasPlainEscapes(before end: Int) -> Bool {
        if backslash < start { findBackslash(from: start) }
        hasEscapes = backslash < end
        while backslash < end {
            switch base[backslash + 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
                UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                findBackslash(from: backslash + 2)
            default: return false
            }
        }
        return true
    }

    private mutating func findBackslash(from place: Int) {
        let found = memchr(base + place, 0x5C, max(0, byteCount - place))
        backslash = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? .max
    }
}
