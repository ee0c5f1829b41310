import Folding
import Hashtags

/// Hashtags as twitter-text finds them: a run of letters, marks, digits and a few joiners with at
/// least one letter or mark, behind a number sign that no such character stands before.
enum TwitterGrammar {
    static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        guard text.contains(where: \.isHashSign) else { return [] }
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
            found.append(start..<end)
        }
        return found.isEmpty ? [] : outsideAddresses(found, in: text)
    }

    /// Of tags and addresses that overlap the one that begins first holds, and one that does not hold
    /// keeps no other away.
    private static func outsideAddresses(
        _ tags: [Range<Int>], in text: [Unicode.Scalar]
    ) -> [Range<Int>] {
        var units: [UInt16] = []
        var indices: [Int] = []
        for (index, scalar) in text.enumerated() {
            units += UTF16.encode(scalar).unsafelyUnwrapped
            indices += repeatElement(index, count: units.count - indices.count)
        }
        var addresses = WebAddresses.ranges(in: units).map { range in
            indices[range.lowerBound]..<(indices[range.upperBound - 1] + 1)
        }[...]
        var end = 0
        return tags.filter { tag in
            let sign = tag.lowerBound - 1
            while let address = addresses.first, address.lowerBound < sign {
                if address.lowerBound >= end { end = address.upperBound }
                addresses.removeFirst()
            }
            guard sign >= end else { return false }
            end = tag.upperBound
            return true
        }
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
