import CCurl
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
    /// Whether it is asked without a proxy: what does not leave the machine is.
    public let isDirect: Bool

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
        isDirect = Self.isLoopback(host) || localHosts.contains(host)
        let port = part(CURLUPART_PORT)
        let isUsual = port == nil || port == Self.usualPorts[scheme]
        authority = isUsual ? host : "\(host):\(port ?? "")"
        path = part(CURLUPART_PATH) ?? "/"
        description = terminalSafe("\(scheme)://\(authority)\(path)", limit: 300)

        guard let usual = Self.usualPorts[scheme], !host.isEmpty else {
            throw .address(
                shown: description, reason: "expected https://, http://, wss:// or ws://")
        }
        guard usual == "443" || isDirect else { throw .plainText(shown: description) }
    }

    /// Whether the host is this machine, by name or by number.
    public var isLoopback: Bool { Self.isLoopback(host) }

    private static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.lowercased() == "localhost" || host == "[::1]"
            || octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
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
