/// One period of the schedule: `[start, end)`, aligned to midnight UTC.
public struct Slot: Hashable, Comparable, Sendable {
    public let start: Timestamp
    public let schedule: Schedule

    init(start: Timestamp, schedule: Schedule) {
        self.start = start
        self.schedule = schedule
    }

    public var end: Timestamp { start + schedule.seconds }
    public var next: Slot { Slot(start: end, schedule: schedule) }
    public var previous: Slot { Slot(start: start - schedule.seconds, schedule: schedule) }

    /// The same time of day, that many days earlier.
    public func earlier(days: Int) -> Slot {
        Slot(start: start - days * 86_400, schedule: schedule)
    }

    public func contains(_ time: Timestamp) -> Bool { time >= start && time < end }

    public static func < (left: Slot, right: Slot) -> Bool { left.start < right.start }
}
