import Tasks
import Testing

@Suite struct BackoffTests {
    private let backoff = Backoff(base: .milliseconds(100), cap: .seconds(2))

    @Test(arguments: [
        (1, 0.0, 50), (1, 1.0, 100), (2, 1.0, 200), (3, 0.5, 300), (5, 1.0, 1600), (6, 1.0, 2000),
        (99, 1.0, 2000),
        (99, 0.0, 1000), (0, 1.0, 100), (Int.max, 1.0, 2000),
    ])
    func `Delays double up to the cap, and at least half is kept`(
        _ failures: Int, share: Double, milliseconds: Int
    ) {
        #expect(backoff.delay(after: failures, share: share) == .milliseconds(milliseconds))
    }

    @Test(arguments: [(1, 100), (2, 200), (5, 500), (20, 2000), (100, 2000)])
    func `Linear delays grow by the same amount, and without jitter leave nothing to chance`(
        _ failures: Int, milliseconds: Int
    ) {
        var backoff = backoff
        (backoff.growth, backoff.jitter) = (.linear, 0)
        #expect(backoff.delay(after: failures, share: 0) == .milliseconds(milliseconds))
    }
}
