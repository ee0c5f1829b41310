import Calendar
import Decode
import Synchronization
import Tally
import Tasks

/// Where records are passed on to.
public protocol RelayTarget: Sendable {
    /// Waits until there is room for more; in a task that is cancelled, no longer.
    func room() async
    /// Takes a record; blocks while there is no room, until there is or `isStopped`.
    func write(_ record: RelayedRecord, isStopped: () -> Bool) throws
    /// Ends the stretch of records since the last mark; gives its number.
    func mark() throws -> Int
    /// The last stretch of which, and of all before which, everything has arrived; nil without one.
    func settled() throws -> Int?
    /// Waits for what is on its way, ten seconds at most. Blocks.
    func finish()
}

extension RelayTarget {
    public func room() async {}
    public func finish() {}
}

/// Passes what a live source gives on to a target: each record at least once from where it began last, as far as the
/// source can go back.
///
/// It is a window of the source read after the other, whose bytes go on; budgets and limits of the source hold as they
/// do for a snapshot.
public struct Relay: Sendable {
    private let source: any PostSource
    private let schedule: Schedule
    private let target: any RelayTarget
    private let keep: @Sendable (Timestamp) throws -> Void
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - keep: keeps how far all has arrived.
    ///   - sleep: waits; for tests.
    public init(
        of source: any PostSource, on schedule: Schedule, to target: any RelayTarget,
        keep: @escaping @Sendable (Timestamp) throws -> Void,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) {
        (self.source, self.schedule, self.target, self.keep) = (source, schedule, target, keep)
        self.sleep = sleep
    }

    private static let silence = Duration.seconds(60)
    /// Between two tries of a source that failed, and two looks at what has arrived.
    static let pause = Duration.seconds(5)
    static let look = Duration.seconds(1)

    /// What happened to the source, for people.
    public typealias Told = @Sendable (String) -> Void

    /// Passes on until the task is cancelled, or the target fails.
    ///
    /// - Parameter start: from when on; now where the source cannot go back, or nothing was passed on before.
    public func run(from start: Timestamp?, _ told: @escaping Told) async throws {
        let tap = RelayTap(target)
        do {
            // The end of a window cancels its reading too, and stops nothing.
            try await withTaskCancellationHandler {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await read(from: start, tap, told) }
                    group.addTask { try await keepUp(tap, told) }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            } onCancel: {
                tap.stop()
            }
        } catch {
            tap.stop()
            if let reached = tap.reached, tap.failure == nil {
                await onThread { _ in target.finish() }
                let last = try target.mark()
                if try target.settled() == last { try keep(reached) }
            }
            throw error
        }
    }

    private func read(from start: Timestamp?, _ tap: RelayTap, _ told: @escaping Told) async throws
    {
        var begin = start ?? .now()
        while !Task.isCancelled {
            let now = Timestamp.now()
            if begin > now { begin = now }
            let slot = schedule.slot(containing: begin)
            var request = WindowRequest(
                now: begin, schedule: schedule, length: slot.end.seconds(since: begin),
                archived: [], rules: CountingRules())
            request.tap = tap
            do {
                try await source.read(request) { window in
                    if !window.note.isEmpty, !Task.isCancelled { told(window.note) }
                }
                begin = slot.end
            } catch {
                try Task.checkCancellation()
                if let failure = tap.failure { throw failure }
                told("\(error)")
                if let error = error as? SnapshotError, case .overBudget = error {
                    try await sleep(.seconds(slot.end.seconds(since: .now())))
                }
                try await sleep(Self.pause)
                begin = max(begin, tap.reached ?? begin)
            }
        }
        throw CancellationError()
    }

    /// Keeps on disk how far all has arrived, every second, and once more when the task is cancelled.
    private func keepUp(_ tap: RelayTap, _ told: Told) async throws {
        var (heard, count, isSilent) = (ContinuousClock.now, 0, false)
        var marks: [(number: Int, time: Timestamp)] = []
        while true {
            try? await sleep(Self.look)
            if let failure = tap.failure { throw failure }
            if tap.count > count, let time = tap.reached {
                (heard, count, isSilent) = (.now, tap.count, false)
                marks.append((try target.mark(), time))
            } else if !isSilent, .now - heard > Self.silence {
                isSilent = true
                told("nothing has come, or could be passed on, for a minute; it is tried on")
            }
            if let settled = try target.settled(),
                let last = marks.last(where: { $0.number <= settled })
            {
                try keep(last.time)
                marks.removeAll { $0.number <= last.number }
            }
            try Task.checkCancellation()
        }
    }
}

/// Cuts what streams bring into records, and writes them.
final class RelayTap: StreamTap {
    private struct State {
        var position: StreamPosition?
        var count = 0
        var failure: (any Error)?
        var isStopped = false
    }

    private let target: any RelayTarget
    private let state = Mutex(State())

    init(_ target: any RelayTarget) { self.target = target }

    /// How far the streams have come, by the times of their records.
    var reached: Timestamp? {
        state.withLock { $0.position.map { Timestamp(microseconds: $0.time) } }
    }

    /// Records that were passed on.
    var count: Int { state.withLock { $0.count } }

    /// Why the target takes no more.
    var failure: (any Error)? { state.withLock { $0.failure } }

    func stop() { state.withLock { $0.isStopped = true } }

    func begin(_ format: PostFormat) -> @Sendable ([UInt8]?) async -> Void {
        let cutter = Mutex(RecordCutter(format))
        return { bytes in
            await self.target.room()
            cutter.withLock { $0.take(bytes) { self.write($0) } }
        }
    }

    private func write(_ record: RelayedRecord) {
        guard state.withLock({ $0.failure == nil && !$0.isStopped }) else { return }
        do {
            try target.write(record) { state.withLock { $0.isStopped } }
            state.withLock { state in
                state.count += 1
                let time = record.time * 1000
                if state.position == nil { state.position = StreamPosition(at: time) }
                state.position?.take(time)
            }
        } catch {
            // What it had not taken when it was stopped is not its fault.
            state.withLock { if !$0.isStopped { $0.failure = error } }
        }
    }
}
