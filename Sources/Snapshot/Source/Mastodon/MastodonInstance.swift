import Decode
import Text
import Transport

/// What a server says about itself.
public struct MastodonInstance: Hashable, Sendable {
    /// Its own domain.
    public var domain: String
    /// The domain in the handles of its accounts; nil if nobody says.
    var accountDomain: String?
    /// Whether it says so under a name of its own (GoToSocial), and not by its domain, which of others
    /// than Mastodon may be another one.
    fileprivate var saysAccountDomain = false
    /// The name of an account to ask by; nil if it names none.
    fileprivate var contact: String?
    /// Where its streams are, as `https` or, on loopback, `http`; without a slash at the end.
    public var streaming: String
    /// Whether it says that it has any.
    var hasStreams = false
    /// As the server writes it; empty if it does not.
    public var version: String
    /// Who may see the timelines of all posts, and those of a hashtag.
    var liveFeeds = FeedAccess()
    var hashtagFeeds = FeedAccess()

    /// Reads the answer to `/api/v2/instance`, or to `/api/v1/instance` of older servers and others of
    /// Mastodon's kin. What is missing or malformed is taken from `base`.
    init(_ body: [UInt8], base: String) {
        let address = try? Address(base)
        domain = address?.authority ?? base
        streaming = base
        version = ""
        let parser = JSONParser()
        defer { withExtendedLifetime(parser) {} }
        var padded = PaddedBytes()
        padded.append(body)
        guard let value = parser.parse(padded.bytes) else { return }
        func text(_ value: JSONValue?) -> String? {
            value?.text.flatMap { $0.count > 0 && $0.count < 500 ? $0.string : nil }
        }
        let said = text(value["domain"] ?? value["uri"])
            .map { (try? Address($0))?.authority ?? $0 }
        domain = said ?? domain
        let ofAccounts = text(value["account_domain"])
        saysAccountDomain = ofAccounts != nil
        accountDomain = ofAccounts ?? said
        contact = text((value["contact"]?["account"] ?? value["contact_account"])?["username"])
        version = text(value["version"]) ?? ""
        let urls = value["configuration"]?["urls"]?["streaming"] ?? value["urls"]?["streaming_api"]
        hasStreams = text(urls) != nil
        streaming = text(urls).flatMap(Self.http) ?? streaming
        let access = value["configuration"]?["timelines_access"]
        liveFeeds = FeedAccess(access?["live_feeds"], "live_feeds")
        hashtagFeeds = FeedAccess(access?["hashtag_feeds"], "hashtag_feeds")
    }

    /// What the server keeps back of a timeline from whoever has a token or none; nil if nothing.
    func keptBack(of timeline: MastodonTimeline, hasToken: Bool) -> KeptBack? {
        switch timeline {
        case .public(let isLocal): liveFeeds.keptBack(isLocal: isLocal, hasToken: hasToken)
        case .tag(_, let isLocal): hashtagFeeds.keptBack(isLocal: isLocal, hasToken: hasToken)
        }
    }

    /// The domain of the subject `acct:name@domain`; nil if there is none.
    static func accountDomain(webFinger body: [UInt8]) -> String? {
        let parser = JSONParser()
        defer { withExtendedLifetime(parser) {} }
        var padded = PaddedBytes()
        padded.append(body)
        guard let subject = parser.parse(padded.bytes)?["subject"]?.text?.string,
            subject.hasPrefix("acct:"), let at = subject.utf8.lastIndex(of: UInt8(ascii: "@"))
        else { return nil }
        let domain = subject[subject.utf8.index(after: at)...]
        return domain.isEmpty || domain.utf8.count > 500 ? nil : String(domain)
    }

    /// `wss://host/` as `https://host`; nil if it is no address that may be asked.
    private static func http(_ text: String) -> String? {
        guard let address = try? Address(text) else { return nil }
        let scheme = ["wss", "https"].contains(address.scheme) ? "https" : "http"
        var path = address.text.drop { $0 != ":" }
        while path.hasSuffix("/") { path.removeLast() }
        return scheme + path
    }
}

/// Who may see posts of a kind of timelines (Mastodon 4.5: `configuration.timelines_access`): those of
/// the server itself, and those of others. What is switched off looks like silence.
struct FeedAccess: Hashable, Sendable {
    private var name = ""
    /// `public`, `authenticated` or `disabled`; nil where the server says nothing, as older ones.
    private var local: String?
    private var remote: String?

    init() {}

    init(_ value: JSONValue?, _ name: String) {
        self.name = name
        func known(_ value: JSONValue?) -> String? {
            value?.text.flatMap { text in
                ["public", "authenticated", "disabled"].first { $0 == text.string }
            }
        }
        local = known(value?["local"])
        remote = known(value?["remote"])
    }

    fileprivate func keptBack(isLocal: Bool, hasToken: Bool) -> KeptBack? {
        let kinds =
            [("local", local, "its own posts")]
            + (isLocal ? [] : [("remote", remote, "posts of other servers")])
        let closed = kinds.filter { _, access, _ in
            access == "disabled" || access == "authenticated" && !hasToken
        }
        guard !closed.isEmpty else { return nil }
        let reasons = closed.map { key, access, posts in
            "\(posts) (\(name).\(key): \(access ?? ""))"
        }
        return KeptBack(
            share: Double(closed.count) / Double(kinds.count),
            reason: "does not show \(reasons.joined(separator: " and "))")
    }
}

/// What a server keeps back of a timeline.
struct KeptBack: Hashable, Sendable {
    /// 1 of the whole timeline, one half of one of its two kinds of posts.
    let share: Double
    /// For people, behind the server's address.
    let reason: String
}

extension PacedServer {
    /// Asks the server who it is.
    mutating func instance(
        before deadline: ContinuousClock.Instant
    ) async throws -> MastodonInstance {
        var body: [UInt8]
        do {
            body = try await send("/api/v2/instance", before: deadline)
        } catch SnapshotError.refused {
            // Servers before 4.0, and most that are not Mastodon.
            body = (try? await send("/api/v1/instance", before: deadline)) ?? []
        }
        var instance = MastodonInstance(body, base: base)
        if !instance.saysAccountDomain,
            let told = await webFinger(instance.contact, of: instance, before: deadline)
        {
            instance.accountDomain = told
        }
        return instance
    }

    /// The domain in the handle of one of the server's accounts, or of the server itself where no name is
    /// known (RFC 7033; mastodon, WebFinger); nil if it does not say.
    private mutating func webFinger(
        _ name: String?, of instance: MastodonInstance, before deadline: ContinuousClock.Instant
    ) async -> String? {
        let resource = name.map { "acct:\($0)@\(instance.domain)" } ?? base + "/"
        let body = try? await send(
            "/.well-known/webfinger?resource=\(PercentEncoding.encode(resource))",
            before: min(deadline, .now + .seconds(10)))
        return body.flatMap(MastodonInstance.accountDomain(webFinger:))
    }
}
