/// The seconds of a span in which nothing was written, by the times of events that come in any order.
struct Silences {
    private let range: Range<Int64>
    private var isHeard: [Bool]

    /// - Parameter range: in microseconds, of whole seconds.
    init(_ range: Range<Int64>) {
        self.range = range
        isHeard = Array(
            repeating: false, count: Int((range.upperBound - range.lowerBound) / 1_000_000))
    }

    /// Takes in an event's time; one outside of the span is nothing to it.
    mutating func hear(_ time: Int64) {
        guard range.contains(time) else { return }
        let second = Int((time - range.lowerBound) / 1_000_000)
        if second < isHeard.count { isHeard[second] = true }
    }

    /// The silences that were longer than so many microseconds, in order.
    func longer(than limit: Int64) -> [Range<Int64>] {
        var silences: [Range<Int64>] = []
        var start = range.lowerBound
        let heard = isHeard.indices.lazy.filter { isHeard[$0] }
            .map { range.lowerBound + Int64($0) * 1_000_000 }
        for second in heard {
            if second - start > limit { silences.append(start..<second) }
            start = second + 1_000_000
        }
        if range.upperBound - start > limit { silences.append(start..<range.upperBound) }
        return silences
    }
}
