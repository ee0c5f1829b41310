import Decode

/// How far a stream has come, by the times of its events, in microseconds.
///
/// The median of the last fifteen, so that neither a few seconds of disorder nor a few events with a
/// false time move it. It never goes back. A leap is kept as a gap: a time of which the server had
/// nothing.
struct StreamPosition {
    private static let memory = 15
    private static let step = memory / 2 + 1
    /// Smaller leaps are no gaps.
    private static let shortestGap: Int64 = 10_000_000
    /// The longest ones alone are kept.
    private static let gapLimit = 64

    private(set) var time: Int64
    private(set) var gaps: [Range<Int64>] = []
    private var recent: [Int64]
    private var count = 0

    /// A stream that has come to `time`.
    init(at time: Int64) {
        self.time = time
        recent = Array(repeating: time, count: Self.memory)
    }

    /// Takes the time of the next event.
    mutating func take(_ time: Int64) {
        recent[count % Self.memory] = time
        count += 1
        if count % Self.step == 0 { move(to: recent.sorted()[Self.memory / 2]) }
    }

    /// No more events come: the last few count as they are.
    mutating func finish(at latest: Int64) { move(to: latest) }

    private mutating func move(to reached: Int64) {
        guard reached > time else { return }
        if reached - time > Self.shortestGap {
            gaps.append(time..<reached)
            if gaps.count > Self.gapLimit {
                gaps.sort { $0.upperBound - $0.lowerBound > $1.upperBound - $1.lowerBound }
                gaps.removeLast()
            }
        }
        time = reached
    }
}

extension StreamEvent {
    /// The platform's own time, if the record has one.
    var microseconds: Int64? {
        switch self {
        case .post(let post): post.time
        case .deletion(_, _, let time): time
        case .accountRemoval(_, let time): time
        case .notice, .invalid: nil
        }
    }
}
