import Tasks
import Testing

@Suite struct ParallelTests {
    private struct Odd: Error, Equatable { let number: Int }

    @Test(arguments: [0, 1, 2, 63, 64, 65, 1000, 5000])
    func `Results come in order, each once`(_ count: Int) {
        #expect(Parallel.map(count) { $0 * 2 } == (0..<count).map { $0 * 2 })
    }

    @Test func `The first error in order is thrown`() {
        #expect(throws: Odd(number: 1001)) {
            try Parallel.map(5000) { (number) throws(Odd) in
                if number > 1000, number % 2 == 1 { throw Odd(number: number) }
            }
        }
    }

    @Test func `At most so many are at work at once, and outcomes come in order`() async {
        let gauge = Gauge()
        let outcomes = await concurrently(Array(0..<100), limit: 7) {
            (number: Int) throws(Never) -> Int in
            await gauge.enter()
            await Task.yield()
            await gauge.leave()
            return number
        }
        let values = outcomes.compactMap { (outcome: Result<Int, Never>) in
            if case .success(let number) = outcome { number } else { nil }
        }
        #expect(values == Array(0..<100))
        #expect(await gauge.most <= 7)
    }

    @Test func `After a failure no more are begun`() async throws {
        let outcomes = await concurrently(Array(0..<100), limit: 1) { (number) throws(Odd) -> Int in
            if number == 3 { throw Odd(number: number) }
            return number
        }
        #expect(outcomes.count == 4)
        #expect(throws: Odd(number: 3)) { try outcomes[3].get() }
    }

    private actor Gauge {
        private var now = 0
        private(set) var most = 0
        func enter() {
            now += 1
            most = max(most, now)
        }
        func leave() { now -= 1 }
    }
}
