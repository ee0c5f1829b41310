/// A key to block or allow: exact, or with `*` for any number of scalars.
public struct TagPattern: Hashable, Sendable {
    private let pieces: [[Unicode.Scalar]]

    /// The pattern is folded like a tag, so that `#News*` matches `newsroom`.
    public init(_ pattern: String) {
        let folded = EmojiTags.folded(pattern.unicodeScalars[...]).unicodeScalars.drop {
            $0.isHashSign
        }
        .filter { !$0.isWhitespace }
        pieces = folded.split(separator: "*", omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether there is anything that a key must hold: `*` alone would match all.
    public var isSelective: Bool { pieces.contains { !$0.isEmpty } }

    public func matches(_ key: String) -> Bool {
        var rest = Array(key.unicodeScalars)[...]
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
            return pieces.first.map { $0[...] == rest } ?? false
        }
        guard rest.starts(with: first) else { return false }
        rest = rest.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            let starts = rest.indices.dropLast(piece.count - 1)
            guard let start = starts.first(where: { rest[$0...].starts(with: piece) }) else {
                return false
            }
            rest = rest[(start + piece.count)...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}
