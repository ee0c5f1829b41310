import Folding

/// Where web addresses stand in a text, so that `#` in one is not taken for a hashtag.
///
/// Finds addresses with `http://` or `https://`; of those without, none whose fragment could be
/// mistaken, since the scalar before such a `#` is a letter, a digit or a slash of a known path.
enum WebAddresses {
    /// Apart and in order; addresses that overlap are one.
    static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        // The path scalars found last: addresses in a path share its end, and it is looked for once.
        var path = 0..<0
        for colon in text.indices.dropLast(2)
        where text[colon] == ":" && text[colon + 1] == "/" && text[colon + 2] == "/" {
            guard let start = schemeStart(in: text, before: colon) else { continue }
            var end = colon + 3
            let skip = { (accepts: (Unicode.Scalar) -> Bool) in
                while end < text.count, accepts(text[end]) { end += 1 }
            }
            skip { $0.isLetterOrMark || $0.isDecimalDigit || $0 == "." || $0 == "-" || $0 == ":" }
            if end < text.count, text[end] == "/" || text[end] == "?" {
                let pathStart = end
                if path.contains(end) { end = path.upperBound } else { skip(isPathScalar) }
                path = pathStart..<end
            }
            if let last = found.last, start < last.upperBound {
                found[found.count - 1] = last.lowerBound..<max(last.upperBound, end)
            } else {
                found.append(start..<end)
            }
        }
        return found
    }

    private static func schemeStart(in text: [Unicode.Scalar], before colon: Int) -> Int? {
        for scheme in ["https", "http"] {
            let letters = Array(scheme.unicodeScalars)
            let start = colon - letters.count
            guard start >= 0 else { continue }
            let written = text[start..<colon].map { Unicode.Scalar($0.value | 0x20) ?? $0 }
            if written == letters { return start }
        }
        return nil
    }

    private static func isPathScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "\u{C0}"..."\u{24F}", "\u{400}"..."\u{4FF}", "\u{2013}": true
        default: "!*';:=+,.$/%#[]-_~@|&?()".unicodeScalars.contains(scalar)
        }
    }
}
