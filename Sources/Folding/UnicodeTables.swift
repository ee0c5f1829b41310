/// What the Unicode Character Database says of each scalar, as far as keys depend on it.
public enum UnicodeTables {
    /// The version of the Unicode Standard that texts are folded by, such as `15.0.0`.
    public static let version = UnicodeData.version

    @inline(__always)
    static func properties(of scalar: UInt32) -> ScalarProperties {
        let map = ScalarMap(
            blocks: UnicodeData.propertyBlocks, places: UnicodeData.propertyPlaces,
            palette: UnicodeData.propertyPalette)
        return ScalarProperties(rawValue: map[scalar])
    }

    static func combiningClass(of scalar: UInt32) -> UInt8 {
        ScalarMap(
            blocks: UnicodeData.combiningClassBlocks, places: UnicodeData.combiningClassPlaces,
            palette: UnicodeData.combiningClassPalette)[scalar]
    }

    /// Of NFKC_Casefold.
    static var foldings: Mappings {
        Mappings(runs: UnicodeData.foldingRuns, sequences: UnicodeData.foldingSequences)
    }

    /// The canonical ones, one step deep; Hangul aside.
    static var decompositions: Mappings {
        Mappings(runs: UnicodeData.decompositionRuns, sequences: UnicodeData.decompositionSequences)
    }

    /// The primary composite of two scalars, Hangul aside; nil if there is none.
    static func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
        // Three scalars each: the two, in order, and what they make.
        let (compositions, width) = (PackedNumbers(UnicodeData.compositions), 12)
        let count = compositions.count(digits: width)
        let place = (0..<count).place {
            (compositions.scalar(at: $0 * width), compositions.scalar(at: $0 * width + 4))
                >= (first, second)
        }
        let start = place * width
        guard place < count, compositions.scalar(at: start) == first,
            compositions.scalar(at: start + 4) == second
        else { return nil }
        return compositions.scalar(at: start + 8)
    }
}

extension Range<Int> {
    /// The first number from which on all fulfil a condition that the range is sorted by; its end without one.
    @inline(__always)
    func place(where isBehind: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
