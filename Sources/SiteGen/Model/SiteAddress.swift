import Folding
import Text

/// The public address of a site, `https://bücher.example/größe`.
public enum SiteAddress {
    /// The address as links have it: the scheme in lower case, other letters of the host than ASCII in Punycode
    /// (RFC 5891), every byte that an address cannot hold percent-coded (RFC 3986).
    public static func ascii(_ text: String) -> String {
        guard let parts = Parts(text) else { return text }
        let isNamed = !parts.host.utf8.allSatisfy { $0 < 0x80 }
        let host = isNamed ? DomainName(parts.host).ascii : parts.host
        let path = Array(parts.path.utf8)
        let coded = PercentEncoding.encode(path) { !isWritable($0) && $0 != UInt8(ascii: "%") }
        return parts.scheme.lowercased() + "://" + host + parts.port + coded
    }

    /// The host as it is written; nil if there is none.
    static func host(of text: String) -> String? {
        Parts(text).flatMap { $0.host.isEmpty ? nil : $0.host }
    }

    private struct Parts {
        let scheme: String
        let host: String
        /// With its colon; mostly empty.
        let port: String
        /// With the slash that begins it; may be empty.
        let path: String

        init?(_ text: String) {
            let bytes = Array(text.utf8)
            guard let colon = bytes[...].range(of: "://") else { return nil }
            let rest = bytes[colon.upperBound...]
            let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            let server = rest[..<slash]
            // An IPv6 address has colons of its own, in brackets.
            let begin = server.lastIndex(of: UInt8(ascii: "]")) ?? server.startIndex
            let end = server[begin...].firstIndex(of: UInt8(ascii: ":")) ?? slash
            scheme = String(decoding: bytes[..<colon.lowerBound], as: UTF8.self)
            host = String(decoding: server[..<end], as: UTF8.self)
            port = String(decoding: server[end...], as: UTF8.self)
            path = String(decoding: rest[slash...], as: UTF8.self)
        }
    }

    /// What may stand in a path for itself (RFC 3986 §3.3).
    private static func isWritable(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "-._~!$&'()*+,;=:@/".utf8.contains(byte)
    }
}
