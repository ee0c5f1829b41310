/// Tells Jetstream events that cannot matter, nine in ten, without parsing them: commits of version 1,
/// the one with a `did`, to other collections than that of posts.
struct JetstreamSkim: TokenVisitor {
    private var isInCommit = false
    private var hasAuthor = false
    private var hasCommit = false
    private var hasOtherCollection = false

    /// Whether the line up to `end` is a JSON object and such a commit; false if that is not certain.
    static func isNotice(_ tokens: inout JSONTokens, _ end: Int) -> Bool {
        var skim = JetstreamSkim()
        return tokens.isObject(upTo: end, &skim) && skim.hasAuthor && skim.hasOtherCollection
    }

    @inline(__always)
    mutating func member(
        _ base: UnsafePointer<UInt8>, name: Int, value: Int, depth: Int
    ) -> Bool {
        if depth == 1 {
            if stands("\"did\"", at: base + name) {
                guard base[value] == UInt8(ascii: "\"") else { return false }
                hasAuthor = true
            }
            isInCommit = stands("\"commit\"", at: base + name)
            // Of two the later one would count.
            if isInCommit && hasCommit { return false }
            hasCommit = hasCommit || isInCommit
        } else if depth == 2, isInCommit, stands("\"collection\"", at: base + name) {
            guard base[value] == UInt8(ascii: "\""),
                !stands("\"app.bsky.feed.post\"", at: base + value)
            else { return false }
            hasOtherCollection = true
        }
        return true
    }

    @inline(__always)
    private func stands(_ text: StaticString, at place: UnsafePointer<UInt8>) -> Bool {
        JSONText(start: place, count: text.utf8CodeUnitCount) == text
    }

    @inline(__always)
    func open(_ position: Int) {}

    @inline(__always)
    func close(_ position: Int) {}
}
