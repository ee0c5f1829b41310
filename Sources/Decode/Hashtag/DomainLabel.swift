import Folding

/// A label of a domain name, or what stands in the place of one, in the units of UTF-16 that it was written in.
enum DomainLabel {
    /// Units of `xn--…`, or of the label itself if it is of printable ASCII.
    static func encodedLength(_ label: ArraySlice<UInt16>) -> Int {
        if isPlain(label) { return label.count }
        // Dots of other scripts part labels too.
        let parts = label.split(omittingEmptySubsequences: false) {
            $0 == 0x3002 || $0 == 0xFF0E || $0 == 0xFF61
        }
        return parts.reduce(parts.count - 1) { sum, part in
            if isPlain(part) { return sum + part.count }
            let points = codePoints(part)
            // Each takes a unit at least, and more than 63 are too many.
            return sum + 4 + (points.count > 63 ? points.count : Punycode.encoded(points).count)
        }
    }

    private static func isPlain(_ label: ArraySlice<UInt16>) -> Bool {
        label.allSatisfy { 0x20...0x7E ~= $0 }
    }

    /// Halves of pairs that stand alone are code points too.
    private static func codePoints(_ units: ArraySlice<UInt16>) -> [UInt32] {
        var points: [UInt32] = []
        var rest = units
        while let unit = rest.popFirst() {
            if UTF16.isLeadSurrogate(unit), let low = rest.first, UTF16.isTrailSurrogate(low) {
                points.append(0x10000 + UInt32(unit - 0xD800) << 10 + UInt32(low - 0xDC00))
                rest.removeFirst()
            } else {
                points.append(UInt32(unit))
            }
        }
        return points
    }
}
