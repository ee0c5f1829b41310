/// The name of a domain, as IDNA compares it (RFC 5891, UTS 46 without transitional processing):
/// `xn--bcher-kva.example` and `BÜCHER.example` are `bücher.example`, and `ß` stays itself.
public struct DomainName: Hashable, Sendable {
    /// In the letters that people read.
    public let text: String

    public init(_ domain: String) {
        text = Self.plain(domain) ?? Self.folded(domain)
    }

    /// As addresses and name servers have it: labels that are not all ASCII in Punycode.
    public var ascii: String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false).map {
            label in
            label.allSatisfy(\.isASCII)
                ? String(label)
                : "xn--" + String(decoding: Punycode.encoded(label.map(\.value)), as: UTF8.self)
        }.joined(separator: ".")
    }

    /// Most names are ASCII, where letters have two cases and nothing else is to fold; nil for others, and for those
    /// that may hold Punycode, which has two hyphens.
    private static func plain(_ domain: String) -> String? {
        var name: [UInt8] = []
        name.reserveCapacity(domain.utf8.count)
        for byte in domain.utf8 {
            guard byte < 0x80, byte != UInt8(ascii: "-") || name.last != byte else { return nil }
            name.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
        }
        // The root's empty label may be written or not.
        if name.last == UInt8(ascii: ".") { name.removeLast() }
        return String(decoding: name, as: UTF8.self)
    }

    private static func folded(_ domain: String) -> String {
        var labels = [""]
        for scalar in domain.unicodeScalars {
            if dots.contains(scalar) {
                labels.append("")
            } else {
                labels[labels.count - 1].unicodeScalars.append(scalar)
            }
        }
        if labels.count > 1, labels.last == "" { labels.removeLast() }
        return labels.map { label in
            let mapped = mapped(label)
            return mapped.hasPrefix("xn--")
                ? decoded(mapped).map(Self.mapped) ?? mapped : mapped
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
