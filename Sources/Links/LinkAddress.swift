import Folding
import Text

/// An address of the web that a post gives, written so that the same page has the same address
/// (docs/counting.md, Links): https alone, in ASCII, without what tells where the reader came from.
public struct LinkAddress: Hashable, Sendable {
    /// `https://host/path?query`.
    public let text: String
    /// In lower case, as the domain name system has it: what looks like another name does not look like it here.
    public let host: String
    /// What follows the host, up to the query.
    public let path: String

    /// Bytes of an address at the most, as delivered and as written.
    public static let longest = 2048
    private static let longestHost = 1024

    /// Nil for what is no such address, or one that different readers take for different ones.
    public init?(_ delivered: String) {
        var bytes = Array(delivered.utf8)[...]
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        guard bytes.count <= Self.longest, Self.isSecure(bytes),
            bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        bytes = bytes.dropFirst(Self.scheme.count)
        let authority = bytes.prefix { !"/?#".utf8.contains($0) }
        guard authority.count <= Self.longestHost, let host = Self.host(authority) else {
            return nil
        }
        let rest = bytes[authority.endIndex...].prefix { $0 != UInt8(ascii: "#") }
        let path = rest.prefix { $0 != UInt8(ascii: "?") }
        let query = Self.withoutTracking(rest[path.endIndex...].dropFirst())
        self.host = host
        self.path = PercentEncoding.encode(path, where: Self.isUnsafe)
        text =
            "https://" + host + self.path
            + (query.isEmpty ? "" : "?" + PercentEncoding.encode(query, where: Self.isUnsafe))
        guard text.utf8.count <= Self.longest else { return nil }
    }

    private static let scheme = Array("https://".utf8)

    private static func isSecure(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.prefix(scheme.count).map(\.asciiLowercased) == scheme
    }

    /// The host; nil if there is a user or a port, or an IP address, or no name that the whole world knows.
    private static func host(_ authority: ArraySlice<UInt8>) -> String? {
        var name = authority
        if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            let port = authority[colon...].dropFirst()
            guard port.isEmpty || port.elementsEqual("443".utf8) else { return nil }
            name = authority[..<colon]
        }
        // Fails for `@`, `%` and `[` too.
        guard let host = DomainName(String(decoding: name, as: UTF8.self)).host else { return nil }
        let labels = host.utf8.split(separator: UInt8(ascii: "."))
        guard labels.count > 1, let last = labels.last else { return nil }
        // A name that ends with a number is an IP address, however it is written (URL Standard).
        let isNumber =
            last.allSatisfy(\.isASCIIDigit)
            || last.starts(with: "0x".utf8) && last.dropFirst(2).allSatisfy { Hex.value($0) != nil }
        return isNumber ? nil : host
    }

    /// Names of parameters that say by which way a reader came, and nothing of the page.
    private static let tracking: Set<String> = [
        "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src", "si",
    ]

    private static func withoutTracking(_ query: ArraySlice<UInt8>) -> [UInt8] {
        if query.isEmpty { return [] }
        let parameters = query.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
        return Array(parameters.filter { !isTracking($0) }.joined(separator: "&".utf8))
    }

    private static func isTracking(_ parameter: ArraySlice<UInt8>) -> Bool {
        let name = String(
            decoding: parameter.prefix { $0 != UInt8(ascii: "=") }.map(\.asciiLowercased),
            as: UTF8.self)
        return name.hasPrefix("utm_") || tracking.contains(name)
    }

    /// What RFC 3986 lets stand in no path and no query.
    private static func isUnsafe(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "\"", "<", ">", "^", "`", "{", "|", "}": true
        default: byte >= 0x80
        }
    }
}

extension DomainName {
    /// As the domain name system has it; nil if no host can have this name there.
    var host: String? {
        // Bounded first: a name takes time by the square of its length to encode.
        let isShort = text.unicodeScalars.split(separator: ".").allSatisfy { $0.count <= 63 }
        guard isShort, case let name = ascii, name.utf8.count <= 253 else { return nil }
        var (length, last) = (0, UInt8(ascii: "."))
        var mayBePunycode = false
        for byte in name.utf8 {
            if byte == UInt8(ascii: ".") {
                guard length > 0 else { return nil }
                length = 0
            } else {
                guard
                    byte.isASCIIDigit || byte.isASCIILetter || byte == UInt8(ascii: "-")
                        || byte == UInt8(ascii: "_")
                else { return nil }
                length += 1
                if length > 63 { return nil }
                mayBePunycode = mayBePunycode || byte == UInt8(ascii: "-") && last == byte
            }
            last = byte
        }
        guard length > 0 else { return nil }
        // What stands for something else again is a trick.
        return !mayBePunycode || DomainName(name).ascii == name ? name : nil
    }
}
