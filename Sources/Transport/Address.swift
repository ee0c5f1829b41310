import CCurl
import Glibc
import Text

/// Where a request goes: an absolute `https`, `http`, `wss` or `ws` address, checked before
/// anything is sent.
///
/// libcurl's own parser reads it, so that what is checked is what will be contacted. Plain `http`
/// and `ws` are for loopback alone. Its description leaves out user info and query, where secrets
/// stand.
public struct Address: Hashable, Sendable {
    /// The address as it goes to curl, with everything in it.
    public let text: String
    /// Lower case, one of `https`, `http`, `wss`, `ws`.
    public let scheme: String
    /// The host as curl connects to it; an IPv6 address stands in brackets.
    public let host: String
    /// `host`, or `host:port` where the port is not the scheme's own: the Host header.
    public let authority: String
    /// As it is written, at least `/`.
    public let path: String
    /// Without user info and query: safe to show.
    public let description: String
    /// Whether it is asked without a proxy, whatever the environment says: this machine, its link and
    /// its metadata services are.
    let isDirect: Bool

    /// Throws `address` if the text is no such address, `plainText` if it would go unencrypted
    /// to another machine.
    ///
    /// `localHosts` are hosts that, like loopback, do not leave the machine: link-local addresses
    /// of its own metadata services.
    public init(_ text: String, alsoPlainTo localHosts: Set<String> = []) throws(TransportError) {
        guard let parts = curl_url() else { throw .unavailable(reason: "out of memory") }
        defer { curl_url_cleanup(parts) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS | CURLU_DISALLOW_USER)
        let code = curl_url_set(parts, CURLUPART_URL, text, flags)
        guard code == CURLUE_OK else {
            throw .address(
                shown: terminalSafe(Self.withoutSecrets(text)),
                reason: String(cString: curl_url_strerror(code)))
        }
        func part(_ part: CURLUPart) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(parts, part, &value, 0) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        self.text = text
        scheme = part(CURLUPART_SCHEME) ?? ""
        host = part(CURLUPART_HOST) ?? ""
        let isLocal = Self.isLoopback(host) || localHosts.contains(host)
        isDirect = isLocal || Self.isOfLink(host)
        let port = part(CURLUPART_PORT)
        let isUsual = port == nil || port == Self.usualPorts[scheme]
        authority = isUsual ? host : "\(host):\(port ?? "")"
        path = part(CURLUPART_PATH) ?? "/"
        description = terminalSafe("\(scheme)://\(authority)\(path)", limit: 300)

        guard let usual = Self.usualPorts[scheme], !host.isEmpty else {
            throw .address(
                shown: description, reason: "expected https://, http://, wss:// or ws://")
        }
        guard usual == "443" || isLocal else { throw .plainText(shown: description) }
    }

    /// Whether the host is this machine, by name or by number.
    public var isLoopback: Bool { Self.isLoopback(host) }

    /// Whether the host is written in figures, and so has no names before it.
    public var isNumber: Bool { Self.number(of: host) != nil }

    private static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        // libcurl asks no name server for these (RFC 6761 §6.3).
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        guard let number = number(of: host) else { return false }
        return number.count == 4
            ? number[0] == 127 : number == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// Link-local (RFC 3927, RFC 4291 §2.5.6), or the one of EC2's metadata services that is not.
    private static func isOfLink(_ host: String) -> Bool {
        guard let number = number(of: host) else { return false }
        return number.starts(with: [169, 254])
            || number.count == 16
                && (number[0] == 0xFE && number[1] & 0xC0 == 0x80
                    || number.starts(with: [0xFD, 0x00, 0x0E, 0xC2]))
    }

    /// The 4 or 16 bytes of an address in figures; of an IPv4 one that is written as IPv6, those 4.
    private static func number(of host: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, host, &bytes) == 1 { return Array(bytes[..<4]) }
        let bare = host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "%" && $0 != "]" } : ""
        guard inet_pton(AF_INET6, String(bare), &bytes) == 1 else { return nil }
        let isMapped = bytes[..<12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return isMapped ? Array(bytes[12...]) : bytes
    }

    private static let usualPorts = ["https": "443", "wss": "443", "http": "80", "ws": "80"]

    /// For a text that no parser took: everything up to the last `@` and from the first `?` or `#`
    /// goes.
    private static func withoutSecrets(_ text: String) -> String {
        let bare = text.unicodeScalars.prefix { $0 != "?" && $0 != "#" }
        guard let at = bare.lastIndex(of: "@") else { return String(bare) }
        return "…" + String(bare[at...])
    }
}

extension Address: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
