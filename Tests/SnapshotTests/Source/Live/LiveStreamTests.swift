import Synchronization
import Tasks
import Testing

@testable import Snapshot

@Suite("LiveStream")
struct LiveStreamTests {
    private static let network = Backoff(base: .seconds(1), cap: .seconds(60), jitter: 0)
    private static let policy = ReconnectPolicy(
        network: network, server: network,
        limit: Backoff(base: .seconds(60), cap: .seconds(900), jitter: 0))

    /// The pauses between connections of which each brings these chunks and ends.
    private func pauses(
        of connections: Int, bringing chunks: [String], verdict: LiveStream.Verdict = .goOn
    ) async -> [Int64] {
        let kept = Mutex<[Duration]>([])
        let stream = LiveStream(
            open: { _ in
                let left = Mutex(chunks)
                return { left.withLock { $0.isEmpty ? nil : Array($0.removeFirst().utf8) } }
            }, pauses: Self.policy, sleep: { pause in kept.withLock { $0.append(pause) } })
        var count = 0
        _ = await stream.read { chunk in
            if chunk == nil { count += 1 }
            return chunk == nil && count > connections ? .stop : chunk == nil ? .goOn : verdict
        }
        return kept.withLock { $0 }.map(\.components.seconds)
    }

    @Test("goes on at once behind a connection that brought records, and ever later behind others")
    func success() async {
        #expect(await pauses(of: 4, bringing: ["{}", "{}"]) == [1, 1, 1, 1])
        for chunks in [[], ["\r\n"], [":)\n", ":thump\n\n"]] {
            #expect(await pauses(of: 4, bringing: chunks) == [1, 2, 4, 8])
        }
    }

    @Test("a server that ends each connection at once is asked ever later")
    func ended() async {
        #expect(await pauses(of: 4, bringing: ["{}"], verdict: .reconnect) == [1, 2, 4, 8])
        #expect(await pauses(of: 4, bringing: ["{}"], verdict: .wait) == [60, 120, 240, 480])
    }
}
