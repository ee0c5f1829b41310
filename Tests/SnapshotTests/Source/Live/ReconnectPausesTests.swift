import Testing

@testable import Snapshot

@Suite("ReconnectPauses")
struct ReconnectPausesTests {
    @Test(
        "of X are those that X asks for",
        arguments: [
            (1, 250, 5, 60), (2, 500, 10, 120), (4, 1000, 40, 480), (7, 1750, 320, 900),
            (64, 16_000, 320, 900), (100_000, 16_000, 320, 900),
        ])
    func ofX(failure: Int, network: Int, server: Int, limit: Int) {
        func pause(after cause: ReconnectPauses.Cause) -> Duration {
            var pauses = ReconnectPauses.x
            for _ in 1..<failure { _ = pauses.next(after: cause) }
            return pauses.next(after: cause)
        }
        #expect(pause(after: .network) == .milliseconds(network))
        #expect(pause(after: .server) == .seconds(server))
        #expect(pause(after: .limit) == .seconds(limit))
    }

    @Test("of Mastodon grow to a minute, with chance in them, and begin anew after success")
    func ofMastodon() {
        var pauses = ReconnectPauses.mastodon
        let lengths = (1...1000).map { _ in pauses.next() }
        #expect(lengths.allSatisfy { $0 >= .milliseconds(500) && $0 <= .seconds(60) })
        #expect(lengths[0] <= .seconds(1))
        #expect(lengths[29] >= .seconds(30))
        pauses.succeeded()
        #expect(pauses.next() <= .seconds(1))
    }
}
