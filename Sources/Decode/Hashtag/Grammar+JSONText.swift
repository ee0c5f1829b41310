extension Grammar {
    /// The hashtags in `text`; most texts hold no sign that could begin one, which is quickly seen.
    func hashtags(in text: JSONText) -> [String] {
        let mayHoldTags =
            text.contains(UInt8(ascii: "#")) || text.contains(UInt8(ascii: "$"))
            // The first byte of the full-width number sign.
            || text.contains(0xEF)
        return mayHoldTags ? hashtags(in: text.string) : []
    }
}
