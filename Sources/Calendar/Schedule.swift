/// How often a window is due: a whole number of hours that divides the day, from midnight UTC.
public struct Schedule: Hashable, Sendable {
    public let hours: Int

    /// Nil unless `hours` is 1, 2, 3, 4, 6, 8, 12 or 24.
    public init?(hours: Int) {
        guard hours >= 1, 24 % hours == 0 else { return nil }
        self.hours = hours
    }

    private init(always hours: Int) { self.hours = hours }

    /// 00, 06, 12 and 18 UTC.
    public static let everySixHours = Schedule(always: 6)

    public var seconds: Int { hours * 3600 }

    /// The slot that `time` falls into.
    public func slot(containing time: Timestamp) -> Slot {
        Slot(start: time - time.secondOfDay % seconds, schedule: self)
    }

    /// The slot that starts at `time`; nil if none does.
    public func slot(startingAt time: Timestamp) -> Slot? {
        time.secondOfDay % seconds == 0 ? Slot(start: time, schedule: self) : nil
    }

    /// The slots of a day, in order of time.
    public func slots(of date: CivilDate) -> [Slot] {
        (0..<24 / hours).map {
            Slot(start: Timestamp(date, secondOfDay: $0 * seconds), schedule: self)
        }
    }
}

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
