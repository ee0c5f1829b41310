import Archive
import Testing

@Suite("LogLikelihood")
struct LogLikelihoodTests {
    @Test(
        "is G² of observed and expected among all, signed by which is more",
        arguments: [
            // Worked by hand for N = 20,000, to one decimal.
            (1050.0, 1000.0, 2.6), (40.0, 2.0, 163.7), (5.0, 1.0, 8.1), (61.0, 60.0, 0.0),
            (60.0, 60.0, 0.0), (950.0, 1000.0, -2.7), (0.0, 10.0, -20.0),
        ])
    func score(observed: Double, expected: Double, score: Double) {
        let found = LogLikelihood.score(observed: observed, expected: expected, total: 20_000)
        #expect(abs(found - score) < 0.05)
    }

    @Test("is finite when everybody writes the tag")
    func everybody() {
        let score = LogLikelihood.score(observed: 100, expected: 10, total: 100)
        #expect(abs(score - 460.5) < 0.05)
    }
}
