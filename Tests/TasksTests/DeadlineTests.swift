import Tasks
import Testing

@Suite("cancelling(at:)")
struct DeadlineTests {
    @Test("returns what the body returns, before the end", .timeLimit(.minutes(1)))
    func early() async {
        #expect(await cancelling(at: .now + .seconds(3600)) { 7 } == 7)
    }

    @Test("cancels the body at the end, and waits for it", .timeLimit(.minutes(1)))
    func late() async {
        let start = ContinuousClock.now
        let isCancelled = await cancelling(at: start + .milliseconds(50)) {
            try? await Task.sleep(for: .seconds(3600))
            return Task.isCancelled
        }
        #expect(isCancelled && ContinuousClock.now - start >= .milliseconds(50))
    }

    @Test("hands on the caller's own cancellation", .timeLimit(.minutes(1)))
    func cancelled() async {
        let task = Task {
            await cancelling(at: .now + .seconds(3600)) {
                try? await Task.sleep(for: .seconds(3600))
                return Task.isCancelled
            }
        }
        task.cancel()
        #expect(await task.value)
    }
}
