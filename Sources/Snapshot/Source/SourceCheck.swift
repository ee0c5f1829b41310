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
        let advice =
            switch failure {
            case let error as TransportError: error.advice
            case SnapshotError.network(let error): error.advice
            default: String?.none
            }
        self.init(
            subject, "\(failure)" + (advice.map { "; \($0)" } ?? ""), isWrong: true,
            clockLead: clockLead)
    }

    /// How long a server may take for each question.
    static let patience = Duration.seconds(20)
}
