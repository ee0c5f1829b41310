import Glibc

/// The tokens of JSON lines that stand in one buffer, from one of them on.
struct JSONTokens {
    let base: UnsafePointer<UInt8>
    /// The place of each token's first byte; behind the last one that of the last line's end.
    let starts: UnsafePointer<UInt32>
    private let count: Int
    private let byteCount: Int
    var position = 0
    /// The first backslash that is not before the position.
    private var backslash: Int

    init(base: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, count: Int, byteCount: Int) {
        (self.base, self.starts) = (base, starts)
        (self.count, self.byteCount) = (count, byteCount)
        backslash = -1
    }

    /// None.
    init(starts nothing: UnsafePointer<UInt32>) {
        let base = UnsafeRawPointer(nothing).assumingMemoryBound(to: UInt8.self)
        self.init(base: base, starts: nothing, count: 0, byteCount: 0)
    }

    /// Where the token at hand begins; at the end, and only there, a line feed stands.
    @inline(__always)
    var start: Int { Int(starts[position]) }

    @inline(__always)
    var byte: UInt8 { base[start] }

    /// Goes on to the first token of a line; false if nothing is known of the line. Lines are asked for in
    /// order.
    @inline(__always)
    mutating func skip(to line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let place = line.baseAddress else { return false }
        let offset = place - base
        guard offset >= 0, offset < byteCount, offset == 0 || base[offset - 1] == 0x0A else {
            return false
        }
        while position < count, start < offset { position += 1 }
        return start == offset
    }

    /// Goes back to the first token of the line.
    mutating func goBack(to position: Int) {
        self.position = position
        if hasEscapes { backslash = -1 }
    }

    /// Whether the line that was asked about last holds a backslash.
    private(set) var hasEscapes = false

    /// Whether every backslash before `end` begins an escape that JSON knows, and none of these stands
    /// for a character that a name or a fixed value could be spelt with: those can be compared as they
    /// stand.
    @inline(__always)
    mutating func hasPlainEscapes(before end: Int) -> Bool {
        if backslash < start { findBackslash(from: start) }
        hasEscapes = backslash < end
        while backslash < end {
            var behind = backslash
            // Escapes come in rows.
            repeat {
                guard let length = JSONEscape.plainLength(base + behind) else { return false }
                behind += length
            } while base[behind] == UInt8(ascii: "\\")
            findBackslash(near: behind)
        }
        return true
    }

    /// Where there is one, the next is mostly not far: sixteen bytes are looked at here.
    @inline(__always)
    private mutating func findBackslash(near place: Int) {
        for word in stride(from: place, to: min(place + 16, byteCount - 7), by: 8) {
            let others =
                UInt64(littleEndian: UnsafeRawPointer(base + word).loadUnaligned(as: UInt64.self))
                ^ 0x5C5C_5C5C_5C5C_5C5C
            // The high bit of the first byte that is one; those behind it may be wrong.
            let found = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
            if found != 0 {
                backslash = word + found.trailingZeroBitCount / 8
                return
            }
        }
        findBackslash(from: place)
    }

    private mutating func findBackslash(from place: Int) {
        let found = memchr(base + place, 0x5C, max(0, byteCount - place))
        backslash = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? .max
    }
}
