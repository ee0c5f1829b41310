import Decode
import Text
import Transport

/// The stream of X that is read.
public enum XStreamKind: Hashable, Sendable {
    /// Posts that match at least one of these rules (API 2), or hold one of these phrases (API 1.1).
    case filtered(rules: [String])
    /// A small share of all posts.
    case sample
}

/// The API that a stream is asked for by.
public enum XAPI: Hashable, Sendable {
    /// X's own, `data` with `includes`.
    case v2
    /// Twitter's old one, as self-hosted relays speak it.
    case v1

    var format: PostFormat { self == .v1 ? .v1 : .v2 }
}

extension XStreamKind {
    /// The request that opens the stream.
    ///
    /// - Parameters:
    ///   - withReposts: whether reposts count, so that what they repost has to be delivered along.
    ///   - backfillMinutes: of what was missed that are delivered first; 0 for none.
    func request(
        _ api: XAPI, at access: XAccess, withReposts: Bool, backfillMinutes: Int,
        silenceLimit: Duration
    ) throws(TransportError) -> Request {
        var headers = access.authorization
        var method = Request.Method.get
        var body: [UInt8]?
        let path: String
        switch (api, self) {
        case (.v2, let kind):
            path =
                (kind == .sample ? "/2/tweets/sample/stream" : "/2/tweets/search/stream")
                + "?tweet.fields=created_at,lang,entities,author_id,possibly_sensitive,"
                + "referenced_tweets,edit_history_tweet_ids,note_tweet"
                + (withReposts ? "&expansions=referenced_tweets.id" : "")
                + (backfillMinutes > 0 ? "&backfill_minutes=\(backfillMinutes)" : "")
        case (.v1, .sample): path = "/1.1/statuses/sample.json"
        case (.v1, .filtered(let rules)):
            path = "/1.1/statuses/filter.json"
            method = .post
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = Array("track=\(PercentEncoding.encode(rules.joined(separator: ",")))".utf8)
        }
        return Request(
            method, try Address(access.base + path), headers: headers, body: body,
            silenceLimit: silenceLimit, timeLimit: nil)
    }
}
