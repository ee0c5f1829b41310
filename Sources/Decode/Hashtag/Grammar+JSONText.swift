extension Grammar {
    /// The hashtags in `text`; most texts hold no sign that could begin one, which is quickly seen.
    ///
    /// - Parameter isEscaped: `&`, `<` and `>` are written as entities, as in all text of X's.
    func hashtags(in text: JSONText, isEscaped: Bool = false) -> [String] {
        let mayHoldTags =
            text.contains(UInt8(ascii: "#")) || text.contains(UInt8(ascii: "$"))
            // The first byte of the full-width number sign.
            || text.contains(0xEF)
        guard mayHoldTags else { return [] }
        return hashtags(in: isEscaped ? PlainText.of(escaped: text.string) : text.string)
    }
}
