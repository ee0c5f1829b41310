import Tasks
import Testing

@testable import Snapshot

@Suite("ReconnectPolicy")
struct ReconnectPolicyTests {
    @Test(
        "of X asks for the pauses that X asks for",
        arguments: [
            (1, 250, 5, 60), (2, 500, 10, 120), (4, 1000, 40, 480), (7, 1750, 320, 900),
            (64, 16_000, 320, 900), (100_000, 16_000, 320, 900),
        ])
    func ofX(failure: Int, network: Int, server: Int, limit: Int) {
        func pause(_ backoff: Backoff) -> Duration? {
            var attempts = ReconnectPolicy.x.begin()
            for _ in 1..<failure { _ = attempts.next(by: backoff) }
            return attempts.next(by: backoff)
        }
        #expect(pause(ReconnectPolicy.x.network) == .milliseconds(network))
        #expect(pause(ReconnectPolicy.x.server) == .seconds(server))
        #expect(pause(ReconnectPolicy.x.limit) == .seconds(limit))
    }

    @Test("of Mastodon lets pauses grow to a minute, with chance in them, and anew after success")
    func ofMastodon() {
        var attempts = ReconnectPolicy.mastodon.begin()
        let lengths = (1...1000).compactMap { _ in attempts.next() }
        #expect(lengths.count == 1000)
        #expect(lengths.allSatisfy { $0 >= .milliseconds(500) && $0 <= .seconds(60) })
        #expect(lengths[0] <= .seconds(1))
        #expect(lengths[29] >= .seconds(30))
        attempts.succeeded()
        #expect(attempts.next().map { $0 <= .seconds(1) } == true)
    }
}

extension ReconnectPolicy {
    static func every(_ pause: Duration) -> ReconnectPolicy {
        ReconnectPolicy(
            network: .constant(pause), server: .constant(pause), limit: .constant(pause))
    }
}
