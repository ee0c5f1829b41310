import Calendar

/// The seconds of a slot in which something happened, in whatever order it is read.
struct SlotSeconds {
    let slot: Slot
    private(set) var eventCount = 0
    private var isTold: [Bool]
    private let start: Int64
    /// Shorter stretches without anything are no gaps.
    private static let shortest = 30

    init(_ slot: Slot) {
        self.slot = slot
        start = slot.start.microseconds
        isTold = Array(repeating: false, count: slot.seconds)
    }

    /// Takes the time of an event in the slot, in microseconds.
    mutating func take(_ time: Int64) {
        eventCount += 1
        isTold[Int((time - start) / 1_000_000)] = true
    }

    /// The same of what was read elsewhere, in runs of seconds of the slot.
    mutating func add(_ eventCount: Int, _ runs: [Range<Int>]) {
        self.eventCount += eventCount
        for run in runs {
            for second in run.clamped(to: isTold.indices) { isTold[second] = true }
        }
    }

    /// The seconds in which something happened, in runs.
    var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        for (second, isTold) in isTold.enumerated() where isTold {
            if let last = runs.last, last.upperBound == second {
                runs[runs.count - 1] = last.lowerBound..<second + 1
            } else {
                runs.append(second..<second + 1)
            }
        }
        return runs
    }

    /// The stretches, in seconds of the slot, of which nothing was told and too much is missing for chance: half a
    /// minute, or fifty times the usual time between two events where there are few.
    var gaps: [Range<Int>] {
        var empty: [Range<Int>] = []
        var begin = 0
        for (second, isTold) in isTold.enumerated() where isTold {
            if second > begin { empty.append(begin..<second) }
            begin = second + 1
        }
        if begin < isTold.count { empty.append(begin..<isTold.count) }
        return empty.filter { gap in
            let usual = eventCount == 0 ? 0 : 50 * (isTold.count - gap.count) / eventCount
            return gap.count > max(Self.shortest, usual)
        }
    }

    /// The same, in microseconds since 1970.
    var gapTimes: [Range<Int64>] {
        gaps.map { gap in
            start + Int64(gap.lowerBound) * 1_000_000..<start + Int64(gap.upperBound) * 1_000_000
        }
    }
}
