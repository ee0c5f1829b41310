/// Where each object and array of a line ends, so that its parts can be stepped over.
///
/// Owns its memory. One thread at a time; good for the line it was made for last.
final class JSONOutline {
    /// Bytes, and so tokens, of the longest line that gets one: 64 KiB.
    private static let longest = 1 << 16

    private let ends = UnsafeMutablePointer<UInt32>.allocate(capacity: longest)
    /// The line has escapes in it.
    fileprivate(set) var hasEscapes = false
    /// A string was asked for that has escapes in it: the answers were not right.
    var hasMetEscapes = false

    deinit { ends.deallocate() }

    /// The object that the line up to `end` is; nil if it is not certain to be one.
    func object(_ tokens: inout JSONTokens, _ end: Int) -> JSONTokenValue? {
        let (base, starts) = (tokens.base, tokens.starts + tokens.position)
        // A few tokens behind the line may be looked at before it is given up.
        guard end - tokens.start < Self.longest - 8 else { return nil }
        hasMetEscapes = false
        var visitor = Visitor(ends: ends, first: tokens.position)
        guard tokens.isObject(upTo: end, &visitor) else { return nil }
        hasEscapes = tokens.hasEscapes
        return JSONTokenValue(base: base, starts: starts, outline: self, ends: ends, index: 0)
    }

    private struct Visitor: TokenVisitor {
        let ends: UnsafeMutablePointer<UInt32>
        let first: Int
        /// The innermost bracket that is open; what stands in its place is the one around it.
        private var innermost: UInt32 = 0

        init(ends: UnsafeMutablePointer<UInt32>, first: Int) {
            (self.ends, self.first) = (ends, first)
        }

        @inline(__always)
        func member(_ tokens: JSONTokens, name: Int, value: Int, depth: Int) -> Bool { true }

        @inline(__always)
        mutating func open(_ position: Int) {
            let opened = position - first
            ends[opened] = innermost
            innermost = UInt32(truncatingIfNeeded: opened)
        }

        @inline(__always)
        mutating func close(_ position: Int) {
            let around = ends[Int(innermost)]
            ends[Int(innermost)] = UInt32(truncatingIfNeeded: position - first + 1)
            innermost = around
        }
    }
}
