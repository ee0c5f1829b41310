/// The name of a domain, as IDNA compares it (RFC 5891, UTS 46 without transitional processing):
/// `xn--bcher-kva.example` and `BÜCHER.example` are `bücher.example`, and `ß` stays itself.
public struct DomainName: Hashable, Sendable {
    /// In the letters that people read.
    public let text: String

    public init(_ domain: String) {
        let isPlain = domain.utf8.allSatisfy { byte in
            byte < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        }
        var labels = [""]
        for scalar in domain.unicodeScalars {
            if Self.dots.contains(scalar) {
                labels.append("")
            } else {
                labels[labels.count - 1].unicodeScalars.append(scalar)
            }
        }
        // The root's empty label may be written or not.
        if labels.count > 1, labels.last == "" { labels.removeLast() }
        text = labels.map { label in
            let mapped = isPlain ? label : Self.mapped(label)
            return mapped.hasPrefix("xn--")
                ? Self.decoded(mapped).map(Self.mapped) ?? mapped : mapped
        }.joined(separator: ".")
    }

    /// As addresses and name servers have it: labels that are not all ASCII in Punycode.
    public var ascii: String {
        text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false).map { label in
            label.allSatisfy(\.isASCII) ? String(label) : "xn--" + Self.encoded(label)
        }.joined(separator: ".")
    }

    private static let dots: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
    /// Letters that case folding would take for others, which IDNA 2008 tells apart from them.
    private static let kept: Set<Unicode.Scalar> = ["ß", "ς", "\u{200C}", "\u{200D}"]

    private static func mapped(_ label: String) -> String {
        var mapped = ""
        var rest = label.unicodeScalars[...]
        while let scalar = rest.first {
            let plain = rest.prefix { !kept.contains($0) }
            if plain.isEmpty {
                mapped.unicodeScalars.append(scalar)
                rest = rest.dropFirst()
            } else {
                mapped += Casefold.nfkc(Substring(plain))
                rest = rest[plain.endIndex...]
            }
        }
        return Composition.nfc(mapped)
    }

    /// What a label in Punycode (RFC 3492) stands for; nil if it is none.
    private static func decoded(_ label: String) -> String? {
        var digits = Array(label.utf8.dropFirst(4))
        var scalars: [UInt32] = []
        if let hyphen = digits.lastIndex(of: UInt8(ascii: "-")) {
            scalars = digits[..<hyphen].map(UInt32.init)
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
            let count = scalars.count + 1
            bias = adapted(place - before, count, isFirst: before == 0)
            point += place / count
            place %= count
            guard point <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(point)) else { return nil }
            scalars.insert(scalar.value, at: place)
            place += 1
        }
        var text = ""
        for scalar in scalars.compactMap(Unicode.Scalar.init) { text.unicodeScalars.append(scalar) }
        return text
    }

    /// What `decoded` undoes, without the `xn--` before it.
    private static func encoded(_ label: some Sequence<Unicode.Scalar>) -> String {
        let points = label.map { Int($0.value) }
        var digits = points.filter { $0 < 0x80 }.map(UInt8.init)
        let plain = digits.count
        if plain > 0 { digits.append(UInt8(ascii: "-")) }
        var (done, bias, least, place) = (plain, 72, 128, 0)
        while let point = points.lazy.filter({ $0 >= least }).min() {
            place += (point - least) * (done + 1)
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
        return String(decoding: digits, as: UTF8.self)
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
