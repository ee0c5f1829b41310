import Folding

extension Hashtag {
    /// Whether a text can be a key: nothing in it folds any further.
    ///
    /// By scalars: where white space was removed, what stood around it may now compose, and a key is
    /// not normalised again.
    public static func isKey(_ text: String) -> Bool {
        if isPlainKey(text.utf8) { return true }
        guard let tag = try? Hashtag(delivered: text) else { return false }
        return tag.key.utf8.elementsEqual(text.utf8)
            || EmojiTags.parts(of: text.unicodeScalars[...]).allSatisfy { part in
                EmojiTags.isSequence(part) || part.allSatisfy(isKeyScalar)
            }
    }

    private static func isKeyScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "#" && !scalar.isWhitespace
            && Casefold.nfkc(Substring(String(scalar))).utf8.elementsEqual(String(scalar).utf8)
    }

    /// Most keys: small ASCII letters and digits, at least one letter.
    private static func isPlainKey(_ text: String.UTF8View) -> Bool {
        var hasLetter = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): hasLetter = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): break
            default: return false
            }
        }
        return hasLetter && text.count <= longestKey
    }
}
