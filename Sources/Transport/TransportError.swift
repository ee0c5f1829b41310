import Text

/// Why a request got no answer, or not all of it. Addresses are shown without user info and query.
public enum TransportError: Error, Hashable, Sendable {
    /// Not an address that can be asked.
    case address(shown: String, reason: String)
    /// `http` or `ws` to another machine.
    case plainText(shown: String)
    /// A header name or value that could begin a header of its own.
    case header(name: String)
    /// libcurl gave up: its code (`CURLE_…`) and its words.
    case failed(shown: String, code: Int, reason: String)
    /// The proxy did not let us through.
    case proxyRefused(shown: String, status: Int)
    /// No byte came or went for that long.
    case silent(shown: String, limit: Duration)
    /// The answer is longer than the request allows.
    case tooLong(shown: String, byteLimit: Int)
    /// The server answered with that status instead of opening a WebSocket. A redirect, to
    /// `location`, is not followed.
    case refused(shown: String, status: Int, retryAfter: Duration?, location: String?)
    /// The other side ended the WebSocket, with a code and a reason or without a word.
    case closed(shown: String, code: Int?, reason: String)
    /// libcurl was built without WebSocket.
    case noWebSocket(version: String)
    /// The task that asked was cancelled.
    case cancelled
    /// libcurl or a thread could not be set up.
    case unavailable(reason: String)

    /// Whether the same request may succeed a little later.
    public var isTransient: Bool {
        switch self {
        case .silent, .closed: true
        case .refused(_, let status, _, _), .proxyRefused(_, let status):
            status == 408 || status == 429 || status >= 500
        // could not resolve the proxy 5 or the host 6, connect 7; odd reply 8, partial 18, timed out 28, nothing 52, send
        // 55, receive 56, TLS cut off 35, HTTP/2 16 92
        case .failed(_, let code, _): [5, 6, 7, 8, 16, 18, 28, 35, 52, 55, 56, 92].contains(code)
        default: false
        }
    }
}

extension TransportError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .address(let shown, let reason): "\(shown): not an address to ask: \(reason)"
        case .plainText(let shown):
            "\(shown): refused, as it would go unencrypted to another machine; use https:// or wss://"
        case .header(let name):
            "the header \(terminalSafe(name)) holds a character that no header may hold"
        // libcurl tells how many milliseconds it took, which helps nobody.
        case .failed(let shown, 7, let reason):
            "\(shown): \(reason.firstRange(of: " after ").map { String(reason[..<$0.lowerBound]) } ?? reason)"
        case .failed(let shown, _, let reason): "\(shown): \(reason)"
        case .proxyRefused(let shown, let status):
            "\(shown): the proxy of HTTPS_PROXY or ALL_PROXY answers \(status)"
        case .silent(let shown, let limit): "\(shown): nothing came or went for \(limit)"
        case .tooLong(let shown, let limit): "\(shown): the answer is over \(limit) bytes long"
        case .refused(let shown, let status, _, let location?):
            "\(shown): answered \(status), a redirect to \(location), which is not followed"
        case .refused(let shown, let status, _, nil):
            "\(shown): answered \(status) and opens no WebSocket"
        case .closed(let shown, nil, _): "\(shown): the connection was lost"
        case .closed(let shown, let code?, let reason):
            "\(shown): closed by the server with code \(code)"
                + (reason.isEmpty ? "" : ": \(reason)")
        case .noWebSocket(let version):
            "libcurl \(version) has no WebSocket; 8.11 or later has it, such as Debian 13's, "
                + "or Debian 12's from bookworm-backports"
        case .cancelled: "cancelled"
        case .unavailable(let reason): "network access cannot be set up: \(reason)"
        }
    }
}

extension TransportError {
    /// What whoever looks after the machine can do about it; nil if the description says it.
    public var advice: String? {
        switch self {
        case .proxyRefused(_, 407):
            "it wants a name and a password, which stand in that variable: http://name:password@host"
        case .proxyRefused(_, let status) where status == 429 || status >= 500:
            "it does not get through to the host now; NO_PROXY lists hosts that need no proxy"
        case .proxyRefused:
            "whoever runs it can let this host through; NO_PROXY lists hosts that need no proxy"
        // Codes of libcurl: could not resolve the proxy 5 or the host 6, connect 7, certificate 60,
        // no authorities 77.
        case .failed(_, _, let reason) where reason.hasPrefix(Self.byProxy):
            "is the address in that variable right, and does a proxy answer there?"
        case .failed(_, 5, _): "is the proxy's address in HTTPS_PROXY or ALL_PROXY right?"
        case .failed(_, 6, _): "is the name right, and does this machine reach its name server?"
        case .failed(_, 7, _):
            "is the server running, and does every firewall let this machine through?"
        // OpenSSL's words of a certificate's dates.
        case .failed(_, Self.untrusted, let reason)
        where reason.contains("not yet valid") || reason.contains("expired"):
            "is the clock of this machine right? If it is, the server's certificate has to be renewed"
        case .failed(_, Self.untrusted, _): Self.adviceOnAuthorities
        case .failed(_, 77, _):
            "SSL_CERT_FILE, AWS_CA_BUNDLE or ca_bundle names a file that cannot be used"
        default: nil
        }
    }

    /// How what goes wrong on the way to a proxy begins.
    static let byProxy = "by the proxy of HTTPS_PROXY or ALL_PROXY: "

    /// libcurl's code for a server that none of the authorities vouches for.
    public static let untrusted = 60
    public static let adviceOnAuthorities =
        "if the server has an authority of its own, SSL_CERT_FILE can name its file (AWS_CA_BUNDLE where that "
        + "is set, for AWS and buckets)"

    /// The description, and what can be done.
    public var sentence: String {
        advice.map { Text.sentence(description, goingOn: $0) } ?? description
    }
}
