import Archive
import Calendar
import Tally
import Tasks

/// Reads live sources for good, and tells each minute what they have brought of the running slot. It archives nothing.
///
/// A source that can go back is read from the slot's start, so that whoever begins in the middle of it has all of it.
public struct FollowRun: Sendable {
    /// Its sources are live ones.
    private let run: SnapshotRun
    /// Sources that others may be reading, which come first.
    private let exclusive: Set<String>
    private let isBusy: @Sendable () -> Bool
    private let clock: FollowClock
    private let tell: @Sendable (FollowNotice) -> Void

    /// Seconds from the beginning to the first look, and from one to the next.
    private static let (firstLook, interval) = (5, 60)
    /// And while a source is catching up.
    private static let soon = 10
    private static let silence = Duration.seconds(600)
    private static let pauses = Retry(backoff: Backoff(base: .seconds(1), cap: .seconds(60)))

    /// - Parameters:
    ///   - run: what would archive the sources.
    ///   - exclusive: those that are left alone while `isBusy`.
    ///   - isBusy: asked each second.
    ///   - tell: is told what a person should know, each fault once as long as it lasts.
    public init(
        _ run: SnapshotRun, exclusive: Set<String> = [],
        isBusy: @escaping @Sendable () -> Bool = { false }, clock: FollowClock = .machine,
        tell: @escaping @Sendable (FollowNotice) -> Void
    ) {
        self.run = run
        (self.exclusive, self.isBusy, self.clock, self.tell) = (exclusive, isBusy, clock, tell)
    }

    /// Goes on until the task is cancelled; one slot after another, each of them anew.
    public func run(_ send: @Sendable (LiveSlot) async -> Void) async throws {
        let faults = FollowFaults(tell)
        while true {
            try Task.checkCancellation()
            let rules = rules(at: clock.now(), faults)
            try await follow(rules, faults, send)
        }
    }

    private func follow(
        _ rules: LiveRules, _ faults: FollowFaults, _ send: @Sendable (LiveSlot) async -> Void
    ) async throws {
        let slot = rules.slot
        let outside = OutsideClock(machine: clock.now(), isChosen: clock.isChosen)
        let board = LiveBoard(rules, editions: run.editions, clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for source in run.sources {
                group.addTask { await read(source, of: slot, by: outside, onto: board, faults) }
            }
            var next = clock.now() + Self.firstLook
            while next < slot.end {
                try await clock.sleep(next)
                let now = clock.now()
                next = max(next + Self.interval, now + 1)
                guard let withdrawn = withdrawals(faults) else { continue }
                await board.ask(without: withdrawn)
                try Task.checkCancellation()
                if let others = outside.contradiction {
                    faults.met(.clock(machine: now, others: others))
                }
                if board.isCatchingUp { next = min(next, now + Self.soon) }
                let counts = board.counts
                faults.notice(
                    board.silent(for: Self.silence), heard: board.heard(within: Self.silence),
                    of: run.sources.map(\.name))
                await send(
                    LiveSlot(
                        slot: slot, now: now, next: next,
                        counts: run.series.compactMap { counts[$0.name] }, withdrawn: withdrawn))
            }
            try await clock.sleep(slot.end)
            group.cancelAll()
        }
    }

    // MARK: sources

    /// Until the slot is over, over as many readings as it takes.
    private func read(
        _ source: any PostSource, of slot: Slot, by outside: OutsideClock,
        onto board: LiveBoard, _ faults: FollowFaults
    ) async {
        var attempts = Self.pauses.begin()
        var ledger: LiveLedger?
        while !Task.isCancelled {
            var request = WindowRequest(
                now: clock.now(), schedule: slot.schedule, length: slot.seconds, slot: nil,
                archived: [], rules: rules(of: source.name), top: TailRow.longest,
                watcher: board.watcher)
            guard slot.contains(request.now) else { return }
            request.clock = outside
            request.isWhole = true
            let kept = ledger ?? LiveLedger(of: source.name, for: request)
            ledger = kept
            request.ledger = kept
            board.begin(source.name, kept)
            do {
                try await readAlone(source, request) { board.close($0) }
                // By its own clock the slot is over, which is the same in a moment here.
                if board.isClosed(source.name) { return board.end(source.name) }
            } catch {
                if !Task.isCancelled { faults.met(.failed(source: source.name, error)) }
            }
            board.end(source.name)
            _ = try? await attempts.pause()
        }
    }

    /// Exclusive sources only as long as nobody else reads them.
    private func readAlone(
        _ source: any PostSource, _ request: WindowRequest,
        close: @escaping @Sendable (ClosedWindow) -> Void
    ) async throws {
        guard exclusive.contains(source.name) else {
            return try await source.read(request) { close($0) }
        }
        guard !isBusy() else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.read(request) { close($0) } }
            group.addTask { while !isBusy() { try await Task.sleep(for: .seconds(1)) } }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    // MARK: rules

    private func rules(of source: String) -> CountingRules {
        var rules = run.rules(of: source)
        rules.editions = (run.editions[source] ?? []).map(self.rules(of:))
        // Addresses are looked into when a slot is over.
        rules.context?.links = nil
        return rules
    }

    /// By what the archive knows, if it can be read.
    private func rules(at now: Timestamp, _ faults: FollowFaults) -> LiveRules {
        let reader = ArchiveReader(folder: run.archive)
        do throws(ArchiveError) {
            let kept = try reader.rules()
            let slot = kept.schedule(or: run.schedule).slot(containing: now)
            let windows = try reader.windows()
            var baselines: [String: Baseline] = [:]
            for (name, _) in run.series {
                baselines[name] = try Baseline(
                    of: slot, source: name,
                    rules: run.explanations[name].map(RulesRow.hash), by: kept, in: reader,
                    windows: windows)
            }
            return LiveRules(
                slot: slot, top: kept.top(at: slot.start, or: run.top), baselines: baselines)
        } catch {
            faults.met(.archive(error))
            return LiveRules(
                slot: run.schedule.slot(containing: now), top: run.top, baselines: [:])
        }
    }

    /// Nil if nobody can say what is not to be shown: then nothing is.
    private func withdrawals(_ faults: FollowFaults) -> Withdrawals? {
        do throws(ArchiveError) {
            return try ArchiveReader(folder: run.archive).withdrawals()
        } catch {
            faults.met(.archive(error))
            return nil
        }
    }
}
