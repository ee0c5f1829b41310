import Decode
import Kafka

/// A topic of posts, and how it is read.
public struct KafkaTopic: Sendable {
    public var name: String
    public var access: ClusterAccess
    public var format: PostFormat
    public var grammar: Grammar?
    /// Makes what brokers are shown that ask for OAUTHBEARER; nil if none does. It is asked again before a token ends.
    public var token: (@Sendable () async throws -> BearerToken)?
    /// Brokers that bring nothing for so long are given up.
    var patience = Duration.seconds(60)

    public init(
        name: String, access: ClusterAccess, format: PostFormat, grammar: Grammar? = nil,
        token: (@Sendable () async throws -> BearerToken)? = nil
    ) {
        (self.name, self.access, self.format) = (name, access, format)
        (self.grammar, self.token) = (grammar, token)
    }

    /// The topic and its brokers, for people.
    var shown: String { "\(access.shown): \(name)" }
    /// The topic alone.
    var origin: String { "the topic \(name)" }

    static let adviceOnTimes =
        "its messages carry the time of their arrival or none, so that a slot cannot be found in it again; set "
        + "message.timestamp.type=CreateTime for it, or read it with window.mode: live"

    /// Runs `body` with tokens for its clients, which are renewed until it ends.
    public func withTokens<Result>(
        _ body: (TokenBox?) async throws -> Result
    ) async throws -> Result {
        guard let token else { return try await body(nil) }
        let box = TokenBox(try await token())
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    // They last a quarter of an hour; librdkafka asks when four fifths are over.
                    try await Task.sleep(for: .seconds(300))
                    if let next = try? await token() { box.current = next }
                }
            }
            defer { group.cancelAll() }
            return try await body(box)
        }
    }
}
