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
            label.allSatisfy(\.isASCII)
                ? String(label)
                : "xn--" + String(decoding: Punycode.encoded(label.map(\.value)), as: UTF8.self)
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

    /// What stands behind the `xn--` of a label; nil if it is no Punycode of a text.
    private static func decoded(_ label: String) -> String? {
        guard let points = Punycode.decoded(label.utf8.dropFirst(4)) else { return nil }
        var text = ""
        for point in points {
            guard let scalar = Unicode.Scalar(point) else { return nil }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}
