import Testing
import Transport

@Suite struct BackoffTests {
    private let backoff = Backoff(base: .milliseconds(100), cap: .seconds(2))

    @Test(arguments: [
        (1, 0.0, 50), (1, 1.0, 100), (2, 1.0, 200), (3, 0.5, 300), (5, 1.0, 1600), (6, 1.0, 2000),
        (99, 1.0, 2000),
        (99, 0.0, 1000), (0, 1.0, 100),
    ])
    func `Delays double up to the cap, and at least half is kept`(
        _ attempt: Int, share: Double, milliseconds: Int
    ) {
        #expect(backoff.delay(after: attempt, share: share) == .milliseconds(milliseconds))
    }
}
