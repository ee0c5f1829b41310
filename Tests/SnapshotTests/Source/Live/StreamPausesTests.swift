import Testing

@testable import Snapshot

@Suite("StreamPauses")
struct StreamPausesTests {
    @Test(
        "of X are those that X asks for",
        arguments: [
            (1, 250, 5, 60), (2, 500, 10, 120), (4, 1000, 40, 480), (7, 1750, 320, 900),
            (64, 16_000, 320, 900), (1_000_000, 16_000, 320, 900),
        ])
    func ofX(attempt: Int, network: Int, server: Int, limit: Int) {
        let pauses = StreamPauses.x
        #expect(pauses.network(attempt) == .milliseconds(network))
        #expect(pauses.server(attempt) == .seconds(server))
        #expect(pauses.limit(attempt) == .seconds(limit))
    }

    @Test("of Mastodon grow to a minute, with chance in them")
    func ofMastodon() {
        for attempt in 1...1000 {
            let pause = StreamPauses.mastodon.network(attempt)
            #expect(pause >= .milliseconds(500) && pause <= .seconds(60))
        }
        #expect(StreamPauses.mastodon.network(1) <= .seconds(1))
        #expect(StreamPauses.mastodon.network(30) >= .seconds(30))
    }
}
