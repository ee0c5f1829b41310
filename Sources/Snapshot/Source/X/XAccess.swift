import Text
import Transport

/// Where X or a relay that speaks like it is, and what lets us in.
public struct XAccess: Hashable, Sendable {
    /// `https://api.x.com`, without a slash at the end.
    public let base: String
    /// The bearer token; nothing if a relay needs none.
    public let authorization: Headers
    /// The variable that the token comes from, for sentences.
    public let tokenVariable: String

    /// - Parameters:
    ///   - base: with or without a slash at the end.
    ///   - token: nil if a relay needs none.
    ///   - tokenVariable: the variable it comes from, for sentences.
    public init(base: String, token: String?, tokenVariable: String) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        authorization = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
        self.tokenVariable = tokenVariable
    }

    /// Why an answer is not what was asked for, for people. What the server says in its own words is
    /// left out: it could repeat the token.
    public func refusal(_ status: Int, _ headers: Headers) -> String {
        switch status {
        case 401:
            authorization.fields.isEmpty
                ? "asks for a token (401): set \(tokenVariable)"
                : "refuses the token of \(tokenVariable) (401)"
        case 402: "has no credits left for this account (402)"
        case 403:
            "does not let the token of \(tokenVariable) use this stream (403); "
                + "does its project have access to it?"
        case 400: "does not understand the request (400); are the rules right?"
        case 404, 410: "has no such stream (\(status)); is the address right?"
        case 420, 429: "has reached a limit (\(status))"
        case 300..<400: redirect(status, headers)
        default: "answers \(status)"
        }
    }
}
