/// The letters of a label that is not all ASCII, in ASCII (RFC 3492); without the `xn--` before them.
public enum Punycode {
    /// - Parameter points: Code points; halves of surrogate pairs that stand alone are taken as they are.
    /// - Returns: ASCII: what is ASCII, a hyphen behind it if there is any, and the digits for the rest.
    /// - Complexity: The number of points times that of the different ones that are not ASCII.
    public static func encoded(_ points: [UInt32]) -> [UInt8] {
        var digits = points.filter { $0 < 0x80 }.map(UInt8.init)
        let plain = digits.count
        if plain > 0 { digits.append(UInt8(ascii: "-")) }
        var (done, bias, least, place) = (plain, 72, UInt32(0x80), 0)
        while let point = points.lazy.filter({ $0 >= least }).min() {
            place += Int(point - least) * (done + 1)
            for other in points where other <= point {
                if other < point {
                    place += 1
                } else {
                    append(place, bias, to: &digits)
                    bias = adapted(place, done + 1, isFirst: done == plain)
                    (place, done) = (0, done + 1)
                }
            }
            (place, least) = (place + 1, point + 1)
        }
        return digits
    }

    /// The code points that these digits stand for; nil if they are no Punycode.
    static func decoded(_ label: some Sequence<UInt8>) -> [UInt32]? {
        var digits = Array(label)
        var points: [UInt32] = []
        if let hyphen = digits.lastIndex(of: UInt8(ascii: "-")) {
            points = digits[..<hyphen].map(UInt32.init)
            digits.removeFirst(hyphen + 1)
        }
        var (point, place, bias) = (128, 0, 72)
        var rest = digits[...]
        while !rest.isEmpty {
            let before = place
            var weight = 1
            var threshold = 36
            while true {
                guard let digit = rest.popFirst().flatMap(value) else { return nil }
                let (step, isTooLong) = digit.multipliedReportingOverflow(by: weight)
                let (sum, isTooHigh) = place.addingReportingOverflow(step)
                guard !isTooLong, !isTooHigh else { return nil }
                place = sum
                let least = min(max(threshold - bias, 1), 26)
                if digit < least { break }
                let (product, isTooGreat) = weight.multipliedReportingOverflow(by: 36 - least)
                guard !isTooGreat else { return nil }
                weight = product
                threshold += 36
            }
            let count = points.count + 1
            bias = adapted(place - before, count, isFirst: before == 0)
            point += place / count
            place %= count
            guard point <= 0x10FFFF else { return nil }
            points.insert(UInt32(point), at: place)
            place += 1
        }
        return points
    }

    private static func append(_ place: Int, _ bias: Int, to digits: inout [UInt8]) {
        func digit(_ value: Int) -> UInt8 {
            value < 26 ? UInt8(ascii: "a") + UInt8(value) : UInt8(ascii: "0") + UInt8(value - 26)
        }
        var (rest, threshold) = (place, 36)
        while true {
            let least = min(max(threshold - bias, 1), 26)
            guard rest >= least else { return digits.append(digit(rest)) }
            digits.append(digit(least + (rest - least) % (36 - least)))
            rest = (rest - least) / (36 - least)
            threshold += 36
        }
    }

    private static func value(_ digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0")) + 26
        default: nil
        }
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var shift = 0
        while delta > 455 {
            delta /= 35
            shift += 36
        }
        return shift + 36 * delta / (delta + 38)
    }
}
