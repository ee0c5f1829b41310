/// Scalars that stand for others.
struct Mappings: Sendable {
    private struct Run {
        let first: UInt32
        let last: UInt32
        /// How many scalars each stands for.
        let count: UInt32
        /// What the first stands for if that is one scalar, and each after it for the one behind; else
        /// where in `sequences` begins what the one scalar of the run stands for.
        let start: UInt32
    }

    /// In order.
    private var runs: [Run] = []
    private var sequences: [UInt32] = []

    /// Of runs, the number of scalars that each stands for, and these.
    init(_ text: StaticString) {
        var numbers = HexadecimalNumbers(text)
        var behind: UInt32 = 0
        while let run = numbers.nextRun(behind: &behind), let count = numbers.next() {
            let sequence = (0..<count).compactMap { _ in numbers.next() }
            runs.append(
                Run(
                    first: run.lowerBound, last: run.upperBound, count: count,
                    start: count == 1 ? sequence[0] : UInt32(sequences.count)))
            if count > 1 { sequences += sequence }
        }
    }

    /// Goes through what the scalar stands for, which is itself if nothing is said of it.
    @inline(__always)
    func forEach(of scalar: UInt32, _ body: (UInt32) -> Void) {
        let place = runs.place { $0.last >= scalar }
        guard place < runs.count, runs[place].first <= scalar else { return body(scalar) }
        let run = runs[place]
        if run.count == 1 { return body(run.start + (scalar - run.first)) }
        for index in Int(run.start)..<Int(run.start + run.count) { body(sequences[index]) }
    }

    /// The scalars that stand for two.
    var pairs: [(scalar: UInt32, first: UInt32, second: UInt32)] {
        runs.filter { $0.count == 2 }.map {
            ($0.first, sequences[Int($0.start)], sequences[Int($0.start) + 1])
        }
    }
}
