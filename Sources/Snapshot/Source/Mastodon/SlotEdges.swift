import Calendar

/// Where a slot is among ids that are only counted.
struct SlotEdges: Sendable {
    /// Where an instant is.
    struct Edge: Sendable {
        let instant: Timestamp
        /// Every post below it was made before the instant.
        let low: UInt128
        /// The least id of a post seen that was made at the instant or later; `low` too, unless the
        /// server shows nothing between the two.
        let high: UInt128
        /// If nothing was made at the instant or later: how many posts the newest page shows.
        var newest: Int?

        /// Whether there is no post at all.
        var isNowhere: Bool { high == 0 }

        /// Whether a post is before the instant: by its id, or where that does not tell by its time.
        func isAbove(_ id: UInt128, _ microseconds: Int64?) -> Bool {
            if id < low || id >= high { return id < low }
            return microseconds.map { $0 < instant.secondsSinceEpoch * 1_000_000 } ?? true
        }
    }

    let start: Edge
    let end: Edge

    /// When the ids of the slot were given.
    var scale: IDScale {
        IDScale(
            IDScale.Mark(seconds: start.instant.secondsSinceEpoch, id: min(start.high, end.high)),
            IDScale.Mark(seconds: end.instant.secondsSinceEpoch, id: end.high))
    }

    /// Whether a post is of the slot.
    func contain(_ id: UInt128, _ microseconds: Int64?) -> Bool {
        !start.isAbove(id, microseconds) && end.isAbove(id, microseconds)
    }
}
