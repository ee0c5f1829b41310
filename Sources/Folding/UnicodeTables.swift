/// What the Unicode Character Database says of each scalar, as far as keys depend on it.
///
/// Read from `UnicodeData` when first needed, which takes about a millisecond.
public final class UnicodeTables: Sendable {
    /// The version of the Unicode Standard that texts are folded by, such as `15.0.0`.
    public static let version = UnicodeData.version

    static let shared = UnicodeTables()

    private let properties: ScalarMap
    private let combiningClasses: ScalarMap
    let foldings: Mappings
    let decompositions: Mappings
    /// In the order of their pairs.
    private let compositions: [(pair: UInt64, composed: UInt32)]

    private init() {
        properties = ScalarMap(UnicodeData.properties)
        combiningClasses = ScalarMap(UnicodeData.combiningClasses)
        foldings = Mappings(UnicodeData.foldings)
        decompositions = Mappings(UnicodeData.decompositions)
        var numbers = HexadecimalNumbers(UnicodeData.compositionExclusions)
        var excluded: Set<UInt32> = []
        while let number = numbers.next() { excluded.insert(number) }
        compositions = decompositions.pairs.filter { !excluded.contains($0.scalar) }
            .map { (Self.pair($0.first, $0.second), $0.scalar) }.sorted { $0.0 < $1.0 }
    }

    @inline(__always)
    func properties(of scalar: UInt32) -> ScalarProperties {
        ScalarProperties(rawValue: properties[scalar])
    }

    func combiningClass(of scalar: UInt32) -> UInt8 { combiningClasses[scalar] }

    /// The primary composite of two scalars, Hangul aside; nil if there is none.
    func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
        let wanted = Self.pair(first, second)
        let place = compositions.place { $0.pair >= wanted }
        guard place < compositions.count, compositions[place].pair == wanted else { return nil }
        return compositions[place].composed
    }

    private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first) << 32 | UInt64(second)
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first place from which on all elements fulfil a condition that they are sorted by.
    func place(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
