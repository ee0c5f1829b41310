import Tasks
import Transport

/// Where a Mastodon server is, and what lets us in.
public struct MastodonAccess: Hashable, Sendable {
    /// `https://host`, without a slash at the end.
    public let base: String
    /// The bearer token; nothing if the server needs none.
    public let authorization: Headers
    /// The variable that the token comes from, for sentences.
    public let tokenVariable: String

    /// - Parameters:
    ///   - base: `https://host`, with or without a slash at the end.
    ///   - token: nil if the server needs none.
    ///   - tokenVariable: the variable it comes from, for sentences.
    public init(base: String, token: String? = nil, tokenVariable: String) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        authorization = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
        self.tokenVariable = tokenVariable
    }

    var hasToken: Bool { !authorization.fields.isEmpty }

    /// Why an answer that is none of a timeline was given, for people. What the server says in its
    /// own words is left out: it could repeat the token.
    func refusal(_ status: Int, _ headers: Headers) -> String {
        switch status {
        case 401, 403, 422:
            !hasToken
                ? "asks for a token (\(status)): set \(tokenVariable)"
                : "refuses the token of \(tokenVariable) (\(status)); it needs the scope read:statuses"
        case 300..<400: redirect(status, headers)
        case 404, 410: "has no such timeline (\(status)); is it a Mastodon server?"
        default: "answers \(status)"
        }
    }

    /// The server, asked over this client.
    func server(
        _ client: HTTPClient, _ backoff: Backoff = PacedServer.standardBackoff
    ) -> PacedServer {
        PacedServer(
            base: base, headers: authorization, client: client, backoff: backoff, refusal: refusal)
    }
}
