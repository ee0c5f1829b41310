import Folding
import Hashtags

/// Hashtags by the two patterns of Mastodon's `Tag::Naming`, behind white space or at the start.
///
/// The first allows separators inside: word, then words and separators with a letter or a separator
/// among them, then word. The second is words with a letter among them. A letter is what is Alphabetic, a
/// word scalar that, or a mark, decimal digit or connector punctuation (Ruby's `[[:alpha:]]`, `[[:word:]]`).
enum MastodonGrammar {
    static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        text.indices.compactMap { sign in
            guard text[sign].isHashSign, sign == 0 || text[sign - 1].isWhitespace
            else { return nil }
            return (separated(in: text, from: sign + 1) ?? plain(in: text, from: sign + 1))
                .map { withoutScheme($0, in: text) }
        }
    }

    /// Leaves off the beginning of an address that was written right behind the tag.
    private static func withoutScheme(
        _ range: Range<Int>, in text: [Unicode.Scalar]
    ) -> Range<Int> {
        guard text[range.upperBound...].starts(with: [":", "/", "/"]) else { return range }
        for scheme in ["https", "http"] {
            let start = range.upperBound - scheme.utf8.count
            if start > range.lowerBound,
                text[start..<range.upperBound].elementsEqual(scheme.unicodeScalars)
            {
                return range.lowerBound..<start
            }
        }
        return range
    }

    private static func separated(in text: [Unicode.Scalar], from start: Int) -> Range<Int>? {
        guard start < text.count, isWord(text[start]) else { return nil }
        let run = text[start...].prefix { isWord($0) || isSeparator($0) }
        guard let last = run.lastIndex(where: isWord), last > start else { return nil }
        let inner = text[start + 1..<last]
        return inner.contains { $0.isAlphabetic || isSeparator($0) }
            ? start..<last + 1 : nil
    }

    private static func plain(in text: [Unicode.Scalar], from start: Int) -> Range<Int>? {
        let run = text[start...].prefix(while: isWord)
        return run.contains(where: \.isAlphabetic) ? run.indices : nil
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isAlphabetic || scalar.isMark || scalar.isDecimalDigit || scalar.isConnector
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "\u{B7}" || scalar == "\u{30FB}" || scalar == "\u{200C}"
    }
}
