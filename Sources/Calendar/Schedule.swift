/// How often a window is due: a whole number of hours that divides the day, from midnight UTC. It may have been
/// another number before, up to a midnight UTC.
public struct Schedule: Hashable, Sendable {
    /// What holds in the end.
    public let hours: Int
    /// What held before, in the order of time.
    private var earlier: [Turn] = []

    private struct Turn: Hashable, Sendable {
        let until: Timestamp
        let hours: Int
    }

    /// Nil unless `hours` is 1, 2, 3, 4, 6, 8, 12 or 24.
    public init?(hours: Int) {
        guard hours >= 1, 24 % hours == 0 else { return nil }
        self.hours = hours
    }

    private init(always hours: Int) { self.hours = hours }

    /// 00, 06, 12 and 18 UTC.
    public static let everySixHours = Schedule(always: 6)

    /// The same until `midnight`, and `hours` from then on; nil if there are no such hours, or that is no midnight.
    public func turning(to hours: Int, at midnight: Timestamp) -> Schedule? {
        guard var turned = Schedule(hours: hours), midnight.secondOfDay == 0 else { return nil }
        turned.earlier = earlier.filter { $0.until < midnight }
        let last = self.hours(at: midnight - 1)
        if last != hours { turned.earlier.append(Turn(until: midnight, hours: last)) }
        return turned
    }

    /// What holds at `time`.
    public func hours(at time: Timestamp) -> Int {
        earlier.first { time < $0.until }?.hours ?? hours
    }

    /// Of what holds in the end.
    public var seconds: Int { hours * 3600 }

    /// Whether slots are as long at all times between the two.
    public func isEven(from first: Timestamp, through last: Timestamp) -> Bool {
        !earlier.contains { first < $0.until && $0.until <= last }
    }

    /// The slot that `time` falls into.
    public func slot(containing time: Timestamp) -> Slot {
        Slot(start: time - time.secondOfDay % (hours(at: time) * 3600), schedule: self)
    }

    /// The slot that starts at `time`; nil if none does.
    public func slot(startingAt time: Timestamp) -> Slot? {
        time.secondOfDay % (hours(at: time) * 3600) == 0 ? Slot(start: time, schedule: self) : nil
    }

    /// The slots of a day, in order of time.
    public func slots(of date: CivilDate) -> [Slot] {
        let seconds = hours(at: Timestamp(date)) * 3600
        return stride(from: 0, to: 86_400, by: seconds).map {
            Slot(start: Timestamp(date, secondOfDay: $0), schedule: self)
        }
    }

    /// The slots from the one that `first` is in through the one that `last` is in, in order of time.
    public func slots(from first: Timestamp, through last: Timestamp) -> some Sequence<Slot> {
        sequence(first: slot(containing: first)) { $0.next }.prefix { $0.start <= last }
    }

    /// The last `count` slots up to the one that `last` is in, in order of time.
    public func slots(_ count: Int, through last: Timestamp) -> [Slot] {
        sequence(first: slot(containing: last)) { $0.previous }.prefix(count).reversed()
    }
}

extension Schedule: CustomStringConvertible {
    /// `6`, or `6 until 2026-11-22T00:00:00Z, 12`: hours.
    public var description: String {
        (earlier.map { "\($0.hours) until \($0.until)" } + ["\(hours)"]).joined(separator: ", ")
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

    public var hours: Int { schedule.hours(at: start) }
    public var seconds: Int { hours * 3600 }
    public var end: Timestamp { start + seconds }
    public var next: Slot { Slot(start: end, schedule: schedule) }
    public var previous: Slot { schedule.slot(containing: start - 1) }

    /// The same time of day, that many days earlier.
    public func earlier(days: Int) -> Slot {
        Slot(start: start - days * 86_400, schedule: schedule)
    }

    public func contains(_ time: Timestamp) -> Bool { time >= start && time < end }

    public static func < (left: Slot, right: Slot) -> Bool { left.start < right.start }

    /// Whatever the schedule is at other times.
    public static func == (left: Slot, right: Slot) -> Bool {
        left.start == right.start && left.hours == right.hours
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(start) }
}
