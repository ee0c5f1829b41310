/// The canonical composition of the Unicode Standard (NFC, 3.11).
public enum Composition {
    /// The same text to a reader, composed.
    public static func nfc(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return self.text(nfc(text.unicodeScalars.map(\.value)))
    }

    /// Composes what may change: an unstable scalar, with the stable one before and the unstable ones
    /// behind. All else stands as it is, and nothing reaches across a stable one.
    static func nfc(_ scalars: [UInt32]) -> [UInt32] {
        let isUnstable = { (index: Int) in UnicodeTables.properties(of: scalars[index]).isUnstable }
        guard var unstable = scalars.indices.first(where: isUnstable) else { return scalars }
        var composed: [UInt32] = []
        composed.reserveCapacity(scalars.count)
        var start = 0
        while unstable < scalars.count {
            let first = max(start, unstable - 1)
            composed += scalars[start..<first]
            start = unstable
            while start < scalars.count, isUnstable(start) { start += 1 }
            composed += CanonicalSequence(scalars[first..<start]).composed
            unstable = start
            while unstable < scalars.count, !isUnstable(unstable) { unstable += 1 }
        }
        return composed + scalars[start...]
    }

    /// Of scalars, surrogates not among them.
    static func text(_ scalars: [UInt32]) -> String {
        String(unsafeUninitializedCapacity: scalars.count * 4) { buffer in
            var count = 0
            func append(_ byte: UInt32) {
                buffer[count] = UInt8(truncatingIfNeeded: byte)
                count += 1
            }
            for scalar in scalars {
                switch scalar {
                case ..<0x80: append(scalar)
                case ..<0x800: append(0xC0 | scalar >> 6)
                case ..<0x10000:
                    append(0xE0 | scalar >> 12)
                    append(0x80 | scalar >> 6 & 0x3F)
                default:
                    append(0xF0 | scalar >> 18)
                    append(0x80 | scalar >> 12 & 0x3F)
                    append(0x80 | scalar >> 6 & 0x3F)
                }
                if scalar >= 0x80 { append(0x80 | scalar & 0x3F) }
            }
            return count
        }
    }
}

/// A few scalars, taken apart and in canonical order.
private struct CanonicalSequence {
    /// Each with its combining class.
    private var parts: [(scalar: UInt32, combiningClass: UInt8)] = []

    init(_ scalars: ArraySlice<UInt32>) {
        for scalar in scalars { append(scalar) }
        var start = 0
        while start < parts.count {
            let marks = parts[start...].prefix { $0.combiningClass != 0 }
            if marks.count > 1 {
                // In order of their classes, and of their places where these are the same.
                parts[marks.indices] =
                    marks.enumerated().sorted {
                        ($0.element.combiningClass, $0.offset) < (
                            $1.element.combiningClass, $1.offset
                        )
                    }.map(\.element)[...]
            }
            start = marks.endIndex + 1
        }
    }

    /// The scalar's canonical decomposition.
    private mutating func append(_ scalar: UInt32) {
        if let syllable = Hangul.decomposition(of: scalar) {
            for letter in syllable { parts.append((letter, 0)) }
            return
        }
        var isWhole = false
        UnicodeTables.decompositions.forEach(of: scalar) { part in
            if part == scalar { isWhole = true } else { append(part) }
        }
        if isWhole { parts.append((scalar, UnicodeTables.combiningClass(of: scalar))) }
    }

    /// Each scalar put together with the last starter before, where the two have a composite and nothing
    /// stands between that keeps them apart.
    var composed: [UInt32] {
        var composed: [UInt32] = []
        var starter: Int?
        var lastClass: UInt8 = 0
        for (scalar, combiningClass) in parts {
            // Right behind its starter, or behind marks of lower classes alone.
            if let starter, starter == composed.count - 1 || lastClass < combiningClass,
                let composite = Hangul.composition(of: composed[starter], scalar)
                    ?? UnicodeTables.composition(of: composed[starter], scalar)
            {
                composed[starter] = composite
                continue
            }
            if combiningClass == 0 { starter = composed.count }
            lastClass = combiningClass
            composed.append(scalar)
        }
        return composed
    }
}
