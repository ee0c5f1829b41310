import Folding

/// A hashtag that counts: the key it is counted by, and the spelling its post gave it.
public struct Hashtag: Hashable, Sendable {
    /// Without number signs, toNFKC_Casefold (Unicode Standard 3.13) of all but emoji tag sequences, without
    /// white space; 1 to 100 scalars.
    public var key: String
    /// As delivered, without leading number signs, default-ignorables and white space at the ends.
    public var spelling: String

    static let longestKey = 100
    public static let longestDelivered = 1024

    /// Normalises a tag as a platform delivered it, or as a grammar found it, with or without `#`.
    public init(delivered: String) throws(TagDropReason) {
        guard delivered.utf8.count <= Self.longestDelivered else { throw .tooLong }
        if let plain = Self.plain(delivered) {
            self = plain
            return
        }
        let scalars = delivered.unicodeScalars.drop { $0 == "#" || $0 == "＃" }
        let trimmed = Self.trimmed(scalars)
        var folded = String.UnicodeScalarView()
        var scalarCount = 0
        for scalar in EmojiTags.folded(scalars).unicodeScalars
        where !scalar.isWhitespace {
            folded.append(scalar)
            scalarCount += 1
        }
        guard let first = folded.first else { throw .empty }
        guard scalarCount <= Self.longestKey else { throw .tooLong }
        guard !trimmed.contains(where: \.isControl),
            !folded.contains("#")
        else { throw .controlOrHash }
        guard !folded.allSatisfy(\.isDigitOrPunctuation) else { throw .digits }
        guard first != "$" else { throw .cashtag }
        key = String(folded)
        spelling = String(trimmed)
    }

    private init(key: String, spelling: String) { (self.key, self.spelling) = (key, spelling) }

    /// Most tags: ASCII letters, digits and `_`, a letter first. Nothing else is there to be done than to
    /// lower them.
    private static func plain(_ delivered: String) -> Hashtag? {
        let bytes = delivered.utf8
        guard let first = bytes.first, first | 0x20 &- 0x61 < 26, bytes.count <= longestKey,
            bytes.allSatisfy({ $0 | 0x20 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F })
        else { return nil }
        return Hashtag(key: delivered.lowercased(), spelling: delivered)
    }

    private static func trimmed(
        _ scalars: Substring.UnicodeScalarView
    ) -> Substring.UnicodeScalarView {
        var rest = scalars
        while let last = rest.last, last.isInvisible, !EmojiTags.end(rest) { rest.removeLast() }
        return rest.drop(while: \.isInvisible)
    }
}

extension Unicode.Scalar {
    fileprivate var isInvisible: Bool {
        isWhitespace || isDefaultIgnorable
    }

    /// General categories Nd and P.
    fileprivate var isDigitOrPunctuation: Bool {
        isDecimalDigit || isPunctuation
    }
}

extension Unicode.Scalar {
    /// The number sign or its full-width form.
    public var isHashSign: Bool { self == "#" || self == "＃" }
}
