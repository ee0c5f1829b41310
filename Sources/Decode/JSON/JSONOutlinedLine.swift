/// The memory of an outline: what it knows of the line at hand.
struct JSONOutlinedLine {
    /// Bytes, and so tokens, of the longest line that gets one: 64 KiB.
    static let longest = 1 << 16

    /// Of each bracket among the tokens, the token behind the one that closes it.
    let ends = UnsafeMutablePointer<UInt32>.allocate(capacity: longest)
    /// What strings with escapes stand for, one behind the other.
    private let unescaped = UnsafeMutablePointer<UInt8>.allocate(capacity: longest)
    private var unescapedCount = 0
    /// The buffer that the line stands in, and where in it its tokens begin.
    private var base: UnsafePointer<UInt8>
    private var starts: UnsafePointer<UInt32>
    /// The line has escapes in it.
    var hasEscapes = false
    private(set) var hasGivenUp = false

    init() { (base, starts) = (UnsafePointer(unescaped), UnsafePointer(ends)) }

    func deallocate() {
        ends.deallocate()
        unescaped.deallocate()
    }

    /// Begins with the line whose first token is at hand.
    mutating func begin(_ tokens: JSONTokens) {
        (base, starts) = (tokens.base, tokens.starts + tokens.position)
        (hasGivenUp, unescapedCount) = (false, 0)
    }

    /// Where a token begins.
    @inline(__always)
    func start(of token: Int) -> UnsafePointer<UInt8> { base + Int(starts[token]) }

    /// What a string stands for; nil if the outline gives up. Good as long as the line.
    mutating func unescape(_ text: JSONText) -> JSONText? {
        guard hasEscapes, text.contains(UInt8(ascii: "\\")) else { return text }
        // Of every string that is asked for again and again, there is no room for.
        guard unescapedCount + text.count <= Self.longest,
            let count = JSONEscape.unescape(text, to: unescaped + unescapedCount)
        else {
            hasGivenUp = true
            return nil
        }
        defer { unescapedCount += count }
        return JSONText(start: unescaped + unescapedCount, count: count)
    }
}
