/// Where each object and array of a line ends, so that its parts can be stepped over.
///
/// Owns its memory. One thread at a time; good for the line it was made for last.
final class JSONOutline {
    private let line: UnsafeMutablePointer<JSONOutlinedLine>

    init() {
        line = .allocate(capacity: 1)
        line.initialize(to: JSONOutlinedLine())
    }

    deinit {
        line.pointee.deallocate()
        line.deallocate()
    }

    /// A string was asked for that the parser has to decide on: the answers were not right.
    var hasGivenUp: Bool { line.pointee.hasGivenUp }

    /// The object that the line up to `end` is; nil if it is not certain to be one.
    func object(_ tokens: inout JSONTokens, _ end: Int) -> JSONTokenValue? {
        guard end - tokens.start < JSONOutlinedLine.longest else { return nil }
        line.pointee.begin(tokens)
        var visitor = Visitor(ends: line.pointee.ends, first: tokens.position)
        guard tokens.isObject(upTo: end, &visitor) else { return nil }
        line.pointee.hasEscapes = tokens.hasEscapes
        return JSONTokenValue(line: line, index: 0)
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
        func member(
            _ base: UnsafePointer<UInt8>, name: Int, value: Int, depth: Int
        ) -> Bool { true }

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
