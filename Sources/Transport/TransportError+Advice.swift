extension TransportError {
    /// What can be done about it, for whoever looks after the machine; nil if the description says it.
    public var advice: String? {
        switch self {
        // Codes of libcurl: could not resolve 6, connect 7, certificate 60.
        case .failed(_, 6, _): "is the name right, and does this machine reach its name server?"
        case .failed(_, 7, _):
            "is the server running, and does every firewall let this machine through?"
        case .failed(_, 60, _):
            "if the server has an authority of its own, SSL_CERT_FILE can name its file"
        case .failed, .silent, .closed: "if it lasts, name another server"
        case .refused(_, 401, _, _), .refused(_, 403, _, _):
            "it asks for rights, and a public server does not; is the address right?"
        case .refused(_, 429, _, _): "ask less often, or name another server"
        case .refused(_, 500..., _, _):
            "it has trouble of its own; if it lasts, name another server"
        case .refused, .tooLong: "is the address right?"
        case .address, .plainText, .header, .noWebSocket, .cancelled, .unavailable: nil
        }
    }
}
