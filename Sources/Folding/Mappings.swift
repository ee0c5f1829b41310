/// Scalars that stand for others.
struct Mappings {
    /// Runs of scalars, in order. Four digits each for the first and the last, one for how many each stands for,
    /// and four more: what the first stands for if that is one scalar, and each after it for the one
    /// behind; else where in `sequences` begins what the one scalar of the run stands for.
    let runs: StaticString
    /// Four digits for each scalar.
    let sequences: StaticString

    /// Goes through what the scalar stands for, which is itself if nothing is said of it.
    @inline(__always)
    func forEach(of scalar: UInt32, _ body: (UInt32) -> Void) {
        let (runs, width) = (PackedNumbers(runs), 13)
        let count = runs.count(digits: width)
        let run = (0..<count).place { runs.scalar(at: $0 * width + 4) >= scalar } * width
        guard run < count * width, runs.scalar(at: run) <= scalar else { return body(scalar) }
        let length = runs.number(at: run + 8, digits: 1)
        let start = runs.scalar(at: run + 9)
        if length == 1 { return body(start + (scalar - runs.scalar(at: run))) }
        let sequences = PackedNumbers(sequences)
        for index in Int(start)..<Int(start + length) { body(sequences.scalar(at: index * 4)) }
    }
}
