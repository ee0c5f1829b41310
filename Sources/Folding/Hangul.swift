/// Hangul syllables, which are put together by arithmetic (Unicode Standard 3.12).
enum Hangul {
    private static let (syllable, leading, vowel, trailing): (UInt32, UInt32, UInt32, UInt32) =
        (0xAC00, 0x1100, 0x1161, 0x11A7)
    private static let (leadingCount, vowelCount, trailingCount): (UInt32, UInt32, UInt32) =
        (19, 21, 28)

    /// The two or three letters of a syllable; nil for anything else.
    static func decomposition(of scalar: UInt32) -> [UInt32]? {
        let index = scalar &- syllable
        guard index < leadingCount * vowelCount * trailingCount else { return nil }
        let letters = [
            leading + index / (vowelCount * trailingCount),
            vowel + index / trailingCount % vowelCount,
        ]
        let last = index % trailingCount
        return last == 0 ? letters : letters + [trailing + last]
    }

    /// The syllable of a leading letter and a vowel, or of such a syllable and a trailing letter.
    static func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
        let (leadingIndex, vowelIndex) = (first &- leading, second &- vowel)
        if leadingIndex < leadingCount, vowelIndex < vowelCount {
            return syllable + (leadingIndex * vowelCount + vowelIndex) * trailingCount
        }
        let (index, last) = (first &- syllable, second &- trailing)
        guard index < leadingCount * vowelCount * trailingCount, index % trailingCount == 0,
            last > 0, last < trailingCount
        else { return nil }
        return first + last
    }
}
