/// The primary subtag of a BCP 47 tag, in lower case, with retired codes replaced.
///
/// Up to eight ASCII letters or digits packed into one number, so that posts stay small.
public struct Language: Hashable, Sendable {
    private let packed: UInt64

    /// Nil unless the first subtag is one to eight ASCII letters or digits.
    public init?(_ tag: some StringProtocol) { self.init(utf8: tag.utf8) }

    init?(_ tag: JSONText) { self.init(utf8: tag.bytes) }

    private init?(utf8 tag: some Sequence<UInt8>) {
        var packed: UInt64 = 0
        for byte in tag {
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { break }
            guard packed >> 56 == 0 else { return nil }
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): packed = packed << 8 | UInt64(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                packed = packed << 8 | UInt64(byte)
            default: return nil
            }
        }
        guard packed != 0 else { return nil }
        self.packed = Self.retired.first { $0.code == packed }?.current ?? packed
    }

    /// A number whose high bits differ for most languages.
    public var spread: UInt64 { packed &* 0x9E37_79B9_7F4A_7C15 }

    /// ISO 639 codes that platforms still send for the ones in use.
    private static let retired: [(code: UInt64, current: UInt64)] = {
        let pairs: [(String, String)] = [
            ("in", "id"), ("iw", "he"), ("ji", "yi"), ("nb", "no"), ("fil", "tl"),
        ]
        func pack(_ code: String) -> UInt64 { code.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
        return pairs.map { (pack($0), pack($1)) }
    }()
}

extension Language: CustomStringConvertible {
    public var description: String {
        let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: packed >> ($0 * 8)) }
        return String(decoding: bytes.drop { $0 == 0 }, as: UTF8.self)
    }
}
