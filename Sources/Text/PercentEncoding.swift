/// Text as it stands in a URL: every byte of its UTF-8 but the unreserved `A-Z a-z 0-9 - . _ ~` as `%`
/// and two upper-case digits (RFC 3986 §2).
public enum PercentEncoding {
    /// The text is taken as it is, in no normal form; `/` stands for itself only in a path.
    public static func encode(_ text: String, isPath: Bool = false) -> String {
        func isSpecial(_ byte: UInt8) -> Bool {
            !isUnreserved(byte) && !(isPath && byte == UInt8(ascii: "/"))
        }
        return text.utf8.contains(where: isSpecial) ? encode(text.utf8, where: isSpecial) : text
    }

    /// With those bytes encoded that `isSpecial` names, for places with rules of their own.
    public static func encode(
        _ bytes: some Collection<UInt8>, where isSpecial: (UInt8) -> Bool
    ) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            if isSpecial(byte) {
                encoded.append(UInt8(ascii: "%"))
                Hex.appendUppercase(byte, to: &encoded)
            } else {
                encoded.append(byte)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The bytes that an encoded text stands for; nil if a `%` lacks its two digits, of either case.
    public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.underestimatedCount)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(Hex.value),
                let low = rest.next().flatMap(Hex.value)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// Undoes the encoding of a form or of an S3 listing, where `+` is a space.
    ///
    /// Nil if a `%` lacks its two digits or the bytes are not UTF-8.
    public static func decodeForm(_ text: String) -> String? {
        decode(text.utf8.lazy.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
            .flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: byte.isASCIILetter || byte.isASCIIDigit
        }
    }
}
