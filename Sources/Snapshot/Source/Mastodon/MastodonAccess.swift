import Tasks
import Text
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
    ///
    /// - Parameter isKnown: whether the server gave good answers before, so that it wants nothing else of us.
    func refusal(_ status: Int, _ headers: Headers, isKnown: Bool = false) -> String {
        // developers.cloudflare.com, detect a challenge page response
        if headers["cf-mitigated"] != nil {
            return
                "is behind Cloudflare, which asks for a browser (\(status)): its operators can let "
                + "this program through; else name another server"
        }
        switch status {
        // The server itself says so in JSON.
        case 403 where headers.isOfWebPage, 401 where isKnown && !hasToken,
            403 where isKnown && !hasToken, 422 where isKnown && !hasToken:
            return
                "answers \(status), and not because of a token: something in front of it, such as "
                + "Cloudflare, may ask for a browser"
        case 401, 403, 422:
            return !hasToken
                ? "asks for a token (\(status)): set \(tokenVariable)"
                : "refuses the token of \(tokenVariable) (\(status)); it needs the scope read:statuses"
        case 300..<400: return redirect(status, headers)
        case 404 where !isKnown, 410 where !isKnown:
            return "has no such timeline (\(status)); is it a Mastodon server?"
        default: return "answers \(status)"
        }
    }

    /// Why a good answer is no stream all the same, for people; nil if it may be one, as far as its kind
    /// tells.
    func refusal(ofStream headers: Headers) -> String? {
        headers.isOfWebPage
            ? "answers with a web page in the place of a stream; something in front of it, such as "
                + "Cloudflare, may ask for a browser"
            : headers.mediaType == "application/json"
                ? "answers with JSON in the place of a stream, as servers do to refuse one" : nil
    }

    /// The server, asked over this client.
    func server(
        _ client: HTTPClient, _ backoff: Backoff = PacedServer.standardBackoff
    ) -> PacedServer {
        PacedServer(
            base: base, headers: authorization, client: client, backoff: backoff,
            refusal: { refusal($0, $1) }, lapse: { refusal($0, $1, isKnown: true) })
    }
}

extension Headers {
    /// The kind of the content, in lower case and without parameters; nil if it is not said.
    fileprivate var mediaType: String? {
        self["Content-Type"].map { kind in
            String(
                decoding: kind.utf8.prefix { $0 != UInt8(ascii: ";") }.trimmingASCIIWhitespace()
                    .map(\.asciiLowercased), as: UTF8.self)
        }
    }

    /// Whether the content is a page for people.
    fileprivate var isOfWebPage: Bool {
        ["text/html", "application/xhtml+xml"].contains(mediaType)
    }
}
