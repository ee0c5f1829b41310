import Calendar
import Synchronization

/// What others than this machine say of the time, gathered while they are asked.
///
/// It is as late as two clocks say, of which the machine's may be one: no single wrong clock, the
/// machine's or a server's, makes a slot past. A server's `Date` (RFC 9110, section 6.6.1) says what time it is;
/// the times of its posts only that it is not earlier. All are kept as what they say of the run's beginning,
/// and carried on by a clock that nobody sets, so that one that is set during the run changes nothing.
public final class OutsideClock: Sendable {
    /// The clock that the run was begun by.
    private let machine: Timestamp
    /// Whether someone has said that it is right, as `--now` does.
    private let isChosen: Bool
    private let begin = ContinuousClock.now
    private let dates = Mutex<[String: Timestamp]>([:])
    private let times = Mutex<[String: Timestamp]>([:])

    /// - Parameter isChosen: whether `machine` is a time that somebody named, which counts as two clocks.
    public init(machine: Timestamp, isChosen: Bool = false) {
        self.machine = machine
        self.isChosen = isChosen
    }

    private func elapsed(at instant: ContinuousClock.Instant) -> Int {
        Int((instant - begin) / .seconds(1))
    }

    /// Takes note of the `Date` of an answer that came at `instant`; what is none tells nothing.
    public func take(
        date: String?, of server: String, at instant: ContinuousClock.Instant = .now
    ) {
        guard let date = date.flatMap(Timestamp.init(httpDate:)) else { return }
        take(date, of: server, at: instant)
    }

    /// Takes note of what a server's clock showed at `instant`.
    public func take(_ date: Timestamp, of server: String, at instant: ContinuousClock.Instant) {
        let time = date - elapsed(at: instant)
        dates.withLock { $0[server] = max($0[server] ?? time, time) }
    }

    /// Takes note that a server has told of something that happened at `time`.
    func take(past time: Timestamp, of server: String) {
        let time = time - elapsed(at: .now)
        times.withLock { $0[server] = max($0[server] ?? time, time) }
    }

    /// The time that two clocks have reached; nil if only the machine's is known.
    public var proven: Timestamp? {
        let dates = dates.withLock { $0 }
        let servers = dates.merging(times.withLock { $0 }, uniquingKeysWith: max)
        return second(of: Array(servers.values))
    }

    /// What time it is by two clocks that tell it; nil if only the machine's is known.
    public var agreed: Timestamp? { second(of: dates.withLock { Array($0.values) }) }

    private func second(of times: [Timestamp]) -> Timestamp? {
        let all = (times + (isChosen ? [machine, machine] : [machine])).sorted(by: >)
        return all.count > 1 ? all[1] + elapsed(at: .now) : nil
    }

    /// What the servers say, if this machine's clock is an hour or more away from all that tell the time: nobody can
    /// say who is wrong then.
    public var contradiction: Timestamp? {
        guard !isChosen else { return nil }
        func distance(_ time: Timestamp) -> Int { abs(time.seconds(since: machine)) }
        let nearest = dates.withLock { $0.values.min { distance($0) < distance($1) } }
        return nearest.flatMap { distance($0) >= 3600 ? $0 + elapsed(at: .now) : nil }
    }

    /// Clocks that are so many seconds apart are thought to be one.
    static let tolerance = 300

    /// Throws if the window is of a slot that is not over yet, or has not begun where it is read as it goes.
    func check(_ window: ClosedWindow, _ availability: Availability) throws(SnapshotError) {
        let shown = "\(machine + elapsed(at: .now))"
        if availability != .recording, let contradiction {
            throw .clock(machine: shown, others: "\(contradiction)", slot: "\(window.slot.start)")
        }
        let (time, reached): (Timestamp, Timestamp)
        switch availability {
        // What was recorded is past, whoever wrote its times.
        case .recording: (time, reached) = (window.slot.start, machine + elapsed(at: .now))
        case .live:
            guard let agreed else { return }
            (time, reached) = (window.slot.start, agreed + Self.tolerance)
        case .replayable:
            guard let agreed else { return }
            (time, reached) = (window.slot.end, agreed + 1)
        }
        guard time > reached else { return }
        if case .recording = availability {
            throw .fromTheFuture(slot: "\(window.slot.start)", now: shown)
        }
        throw .clock(machine: shown, others: "\(agreed ?? reached)", slot: "\(window.slot.start)")
    }
}
