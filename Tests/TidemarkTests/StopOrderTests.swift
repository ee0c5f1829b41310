import Testing

@testable import tidemark

@Suite("StopOrder")
struct StopOrderTests {
    @Test("signals within a second are one order, a later one ends at once")
    func meanings() {
        let start = ContinuousClock.now
        var order = StopOrder()
        let meanings = [0, 3, 999, 1000, 1001].map {
            order.take(at: start + .milliseconds($0))
        }
        #expect(meanings == [.cancel, .repetition, .repetition, .endAtOnce, .endAtOnce])
    }
}
