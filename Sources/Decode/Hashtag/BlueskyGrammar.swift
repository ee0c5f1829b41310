import Folding
import Hashtags

/// Hashtags and cashtags as Bluesky's own client finds them (`@atproto/api`, rich-text).
enum BlueskyGrammar {
    /// Graphemes a tag may have at the most (lexicon app.bsky.richtext.facet).
    private static let longest = 64

    static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        text.indices.compactMap { sign in
            switch text[sign] {
            case "#", "＃": hashtag(in: text, sign: sign)
            case "$": cashtag(in: text, sign: sign)
            default: nil
            }
        }
    }

    /// Up to white space or a zero-width scalar, with something besides digits and punctuation in
    /// it; punctuation at the end is left off.
    private static func hashtag(in text: [Unicode.Scalar], sign: Int) -> Range<Int>? {
        guard sign == 0 || isSpace(text[sign - 1]) else { return nil }
        let run = text[(sign + 1)...].prefix { !isSpace($0) && !isZeroWidth($0) }
        guard run.first != "\u{FE0F}", run.contains(where: { !isDigit($0) && !$0.isPunctuation }),
            let last = run.lastIndex(where: { !$0.isPunctuation })
        else { return nil }
        var tag = String.UnicodeScalarView()
        tag.append(contentsOf: run[...last])
        return String(tag).count <= longest ? run.startIndex..<last + 1 : nil
    }

    /// A letter and up to four letters or digits, with a space or punctuation on both sides.
    private static func cashtag(in text: [Unicode.Scalar], sign: Int) -> Range<Int>? {
        guard sign == 0 || isSpace(text[sign - 1]) || text[sign - 1] == "(" else { return nil }
        let run = text[(sign + 1)...].prefix {
            $0.isASCII && ($0.isAlphabetic || isDigit($0))
        }
        guard (1...5).contains(run.count), run.first.map(isDigit) == false else { return nil }
        if run.endIndex < text.count {
            let next = text[run.endIndex]
            guard isSpace(next) || ".,;:!?)\"'\u{2019}".unicodeScalars.contains(next) else {
                return nil
            }
        }
        return sign..<run.endIndex
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar >= "0" && scalar <= "9"
    }

    /// White space as JavaScript's `\s` has it: with U+FEFF, without U+0085.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{FEFF}" || scalar != "\u{85}" && scalar.isWhitespace
    }

    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{AD}", "\u{2060}", "\u{200A}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{20E2}": true
        default: false
        }
    }
}
