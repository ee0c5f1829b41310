import Folding

/// Emoji tag sequences (Unicode Technical Standard 51): a black flag, tag characters that spell a
/// region, and their end. England, Scotland and Wales are three flags, though tags are
/// default-ignorable.
enum EmojiTags {
    private static let flag: Unicode.Scalar = "\u{1F3F4}"
    private static let tags: ClosedRange<Unicode.Scalar> = "\u{E0020}"..."\u{E007E}"
    private static let end: Unicode.Scalar = "\u{E007F}"

    /// toNFKC_Casefold of all but such sequences, which stay as they are.
    static func folded(_ text: Substring.UnicodeScalarView) -> String {
        guard text.contains(end) else { return Casefold.nfkc(Substring(text)) }
        // Nothing composes with a flag or an end.
        return parts(of: text).map { part in
            isSequence(part) ? String(part) : Casefold.nfkc(Substring(part))
        }.joined()
    }

    /// The sequences, and what stands between.
    static func parts(of text: Substring.UnicodeScalarView) -> [Substring.UnicodeScalarView] {
        var parts: [Substring.UnicodeScalarView] = []
        var start = text.startIndex
        var rest = text
        while let flag = rest.firstIndex(of: flag) {
            let count = length(at: rest[flag...])
            let end = rest.index(flag, offsetBy: max(1, count))
            rest = rest[end...]
            guard count > 0 else { continue }
            parts += [text[start..<flag], text[flag..<end]]
            start = end
        }
        return parts + [text[start...]]
    }

    static func isSequence(_ text: Substring.UnicodeScalarView) -> Bool {
        text.first == flag && text.last == end && length(at: text) == text.count
    }

    /// Whether the last scalar is the end of such a sequence.
    static func end(_ text: Substring.UnicodeScalarView) -> Bool {
        guard text.last == end else { return false }
        let tags = text.dropLast().reversed().prefix { self.tags.contains($0) }
        return !tags.isEmpty && text.dropLast(tags.count + 1).last == flag
    }

    /// How many scalars the sequence has that the text begins with; 0 if it begins with none.
    private static func length(at text: Substring.UnicodeScalarView) -> Int {
        let tags = text.dropFirst().prefix { self.tags.contains($0) }.count
        return tags > 0 && text.dropFirst(tags + 1).first == end ? tags + 2 : 0
    }
}
