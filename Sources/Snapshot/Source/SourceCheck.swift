import Transport

/// Whether one thing that a source reads from can be read.
public struct SourceCheck: Hashable, Sendable {
    /// Such as the address of a server, or a path.
    public var subject: String
    /// What was found, in a few words; or the sentence of what is wrong and what to do.
    public var finding: String
    /// Whether a run would fail by it.
    public var isWrong: Bool
    /// How many seconds the server's clock is ahead of ours; nil if it did not tell.
    public var clockLead: Int?

    public init(_ subject: String, _ finding: String, isWrong: Bool = false, clockLead: Int? = nil)
    {
        self.subject = subject
        self.finding = finding
        self.isWrong = isWrong
        self.clockLead = clockLead
    }

    /// A subject that cannot be read, why, and what to do.
    init(_ subject: String, failure: any Error, clockLead: Int? = nil) {
        let error = if case SnapshotError.network(let error) = failure { error } else { failure }
        let sentence =
            (error as? TransportError).map { error in
                let advice = error.advice ?? Self.advice(on: error)
                return "\(error)" + (advice.map { "; \($0)" } ?? "")
            } ?? "\(failure)"
        self.init(subject, sentence, isWrong: true, clockLead: clockLead)
    }

    /// What can be done about a server that is one of several.
    private static func advice(on error: TransportError) -> String? {
        switch error {
        case .failed, .silent, .closed: "if it lasts, name another server"
        case .refused(_, 401, _, _), .refused(_, 403, _, _):
            "it asks for rights, and a public server does not; is the address right?"
        case .refused(_, 429, _, _): "ask less often, or name another server"
        case .refused(_, 500..., _, _):
            "it has trouble of its own; if it lasts, name another server"
        case .refused, .tooLong: "is the address right?"
        case .address, .plainText, .header, .proxyRefused, .noWebSocket, .cancelled, .unavailable:
            nil
        }
    }

    /// How long a server may take for each question.
    static let patience = Duration.seconds(20)
}
