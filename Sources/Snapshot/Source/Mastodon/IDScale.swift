/// When ids were given that are only counted: as many in each second, told by those of two instants.
struct IDScale: Hashable, Sendable {
    /// An instant in seconds since 1970, and the least id that was given then or later.
    struct Mark: Hashable, Sendable {
        let seconds: Int64
        let id: UInt128
    }

    private let start: Mark
    private let end: Mark

    /// The second mark is later than the first.
    init(_ start: Mark, _ end: Mark) {
        self.start = start
        self.end = end
    }

    private var rate: Double {
        Double(end.id - min(start.id, end.id)) / Double(end.seconds - start.seconds)
    }

    /// Ids of a second: one at the least.
    var perSecond: UInt128 { UInt128(max(1, rate)) }

    /// The least id at or after an instant in seconds since 1970; exact at the two that are known.
    func first(at seconds: Int64) -> UInt128 {
        if seconds == end.seconds { return end.id }
        let distance = rate * Double(seconds - start.seconds)
        // Far more than there can be between two posts, and far less than overflows.
        let step = UInt128(min(distance.magnitude, 0x1p120))
        let (sum, isTooHigh) = start.id.addingReportingOverflow(step)
        return distance < 0 ? start.id - min(step, start.id) : isTooHigh ? .max : sum
    }

    /// The time of an id in milliseconds since 1970.
    func milliseconds(of id: UInt128) -> Int64 {
        guard rate > 0 else { return id < start.id ? start.seconds * 1000 - 1 : end.seconds * 1000 }
        let distance = id < start.id ? -Double(start.id - id) : Double(id - start.id)
        return start.seconds * 1000 + Int64(max(-1e15, min(distance / rate * 1000, 1e15)))
    }
}
