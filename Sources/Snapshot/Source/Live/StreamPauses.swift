import Transport

/// How long to wait before a stream is opened again, by what went wrong and how often in a row.
struct StreamPauses: Sendable {
    /// The connection failed, or broke before anything came.
    var network: @Sendable (_ attempt: Int) -> Duration
    /// The server answered with an error of its own.
    var server: @Sendable (_ attempt: Int) -> Duration
    /// The server's limit was reached, and it did not say for how long.
    var limit: @Sendable (_ attempt: Int) -> Duration

    /// What X asks for (docs.x.com, handling disconnections): 250 ms more each time up to 16 s; from 5 s
    /// doubled up to 320 s; from a minute doubled.
    static let x = StreamPauses(
        network: { min(.milliseconds(250 * $0), .seconds(16)) },
        server: { min(.seconds(5) * (1 << min($0 - 1, 10)), .seconds(320)) },
        limit: { min(.seconds(60) * (1 << min($0 - 1, 10)), .seconds(900)) })

    /// Mastodon names none: from a second doubled up to a minute, with chance in it.
    static let mastodon: StreamPauses = {
        let backoff = Backoff(base: .seconds(1), cap: .seconds(60))
        let pause: @Sendable (Int) -> Duration = {
            backoff.delay(after: $0, share: .random(in: 0..<1))
        }
        return StreamPauses(network: pause, server: pause, limit: { _ in .seconds(60) })
    }()
}
