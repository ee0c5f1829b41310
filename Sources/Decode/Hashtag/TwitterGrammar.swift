import Folding
import Hashtags

/// Hashtags as twitter-text finds them: a run of letters, marks, digits and a few joiners with at
/// least one letter or mark, behind a number sign that no such character stands before.
enum TwitterGrammar {
    static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        guard text.contains(where: \.isHashSign) else { return [] }
        var addresses = WebAddresses.ranges(in: text)[...]
        var found: [Range<Int>] = []
        // The scalar before a sign must not belong to a tag found already.
        var consumed = 0
        for sign in text.indices where text[sign].isHashSign {
            guard sign == 0 || sign > consumed && isBoundary(text[sign - 1]) else { continue }
            let start = sign + 1
            let end = text[start...].firstIndex { !isTagScalar($0) } ?? text.count
            guard text[start..<end].contains(where: \.isLetterOrMark),
                text[start] != "\u{FE0F}", text[start] != "\u{20E3}"
            else { continue }
            consumed = end
            let rest = text[end...]
            if rest.first?.isHashSign == true || rest.starts(with: [":", "/", "/"]) { continue }
            while let address = addresses.first, address.upperBound <= sign {
                addresses.removeFirst()
            }
            if addresses.first?.contains(sign) != true { found.append(start..<end) }
        }
        return found
    }

    private static func isBoundary(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{FE0E}" || scalar == "\u{FE0F}" || scalar != "&" && !isTagScalar(scalar)
    }

    private static func isTagScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetterOrMark || scalar.isDecimalDigit || joiners.contains(scalar)
    }

    /// The characters that twitter-text lists beside letters, marks and digits.
    private static let joiners: Set<Unicode.Scalar> = [
        "_", "\u{200C}", "\u{200D}", "\u{A67E}", "\u{05BE}", "\u{05F3}", "\u{05F4}", "\u{FF5E}",
        "\u{301C}", "\u{309B}", "\u{309C}", "\u{30A0}", "\u{30FB}", "\u{3003}", "\u{0F0B}",
        "\u{0F0C}", "\u{00B7}",
    ]
}
