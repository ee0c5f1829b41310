/// How long a label of a domain name gets when it is encoded (RFC 3492).
enum Punycode {
    /// Units of `xn--…`, or of the label itself if it is of printable ASCII.
    static func length(of label: ArraySlice<UInt16>) -> Int {
        if label.allSatisfy({ 0x20...0x7E ~= $0 }) { return label.count }
        // Dots of other scripts part labels too.
        let parts = label.split(omittingEmptySubsequences: false) {
            $0 == 0x3002 || $0 == 0xFF0E || $0 == 0xFF61
        }
        return parts.count - 1
            + parts.reduce(0) { sum, part in
                sum + (part.allSatisfy { 0x20...0x7E ~= $0 } ? part.count : 4 + encodedLength(part))
            }
    }

    private static func encodedLength(_ label: ArraySlice<UInt16>) -> Int {
        let points = codePoints(label)
        // Each takes a unit at least.
        guard points.count <= 63 else { return points.count }
        var handled = points.count { $0 < 0x80 }
        var length = handled > 0 ? handled + 1 : 0
        let basicCount = handled
        var (least, delta, bias): (UInt32, Int, Int) = (0x80, 0, 72)
        while handled < points.count, let next = points.filter({ $0 >= least }).min() {
            delta += Int(next - least) * (handled + 1)
            for point in points {
                if point < next { delta += 1 }
                guard point == next else { continue }
                var rest = delta
                var base = 36
                while true {
                    let threshold = min(max(base - bias, 1), 26)
                    length += 1
                    if rest < threshold { break }
                    rest = (rest - threshold) / (36 - threshold)
                    base += 36
                }
                handled += 1
                bias = adapted(delta, handled, isFirst: handled == basicCount + 1)
                delta = 0
            }
            delta += 1
            least = next + 1
        }
        return length
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
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
