import Tasks

/// The pauses between the connections of a live window, by what the last one ended by: longer after
/// each that brought nothing.
struct ReconnectPolicy: Hashable, Sendable {
    /// The network, or the other side's will.
    var network: Backoff
    /// The server answered with an error of its own.
    var server: Backoff
    /// The server's limit was reached, and it did not say for how long.
    var limit: Backoff

    /// From a quarter of a second doubled up to 16, with chance in it.
    static let standard = always(Backoff(base: .milliseconds(250), cap: .seconds(16)))

    /// Mastodon names none: from a second doubled up to a minute, with chance in it.
    static let mastodon = always(Backoff(base: .seconds(1), cap: .seconds(60)))

    /// What X asks for (docs.x.com, handling disconnections): 250 ms more each time up to 16 s; from
    /// 5 s doubled up to 320 s; from a minute doubled.
    static let x = ReconnectPolicy(
        network: Backoff(
            base: .milliseconds(250), cap: .seconds(16), growth: .linear, jitter: 0),
        server: Backoff(base: .seconds(5), cap: .seconds(320), jitter: 0),
        limit: Backoff(base: .seconds(60), cap: .seconds(900), jitter: 0))

    private static func always(_ backoff: Backoff) -> ReconnectPolicy {
        ReconnectPolicy(network: backoff, server: backoff, limit: .constant(.seconds(60)))
    }

    /// Attempts without end: the window's ends them.
    func begin() -> Attempts { Retry(backoff: network).begin() }
}
