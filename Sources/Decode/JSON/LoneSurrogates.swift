import Text

/// Half a surrogate pair, escaped: JSON's grammar allows it, UTF-8 does not, and simdjson refuses it.
///
/// Streams hold such text now and then, where a client cut an emoji in two.
enum LoneSurrogates {
    /// The text with each lone one replaced by U+FFFD, and padded; nil if there is none.
    static func replaced(in text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var mended = Array(text)
        var found = false
        var index = 0
        while index + 1 < mended.count {
            guard mended[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            let unit = hex(mended, at: index)
            if let unit, (0xD800...0xDBFF).contains(unit),
                let low = hex(mended, at: index + 6), (0xDC00...0xDFFF).contains(low)
            {
                index += 12
            } else if let unit, (0xD800...0xDFFF).contains(unit) {
                mended.replaceSubrange(index..<index + 6, with: Array(#"\uFFFD"#.utf8))
                found = true
                index += 6
            } else {
                index += 2
            }
        }
        guard found else { return nil }
        mended.append(contentsOf: repeatElement(0, count: JSONParser.padding))
        return mended
    }

    /// The number of a `\uXXXX` that begins at `index`.
    private static func hex(_ bytes: [UInt8], at index: Int) -> UInt32? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt32 = 0
        for digit in bytes[index + 2..<index + 6] {
            guard let value = Hex.value(digit) else { return nil }
            unit = unit << 4 | UInt32(value)
        }
        return unit
    }
}
