import Archive
import Calendar
import Tally
import Text
import Transport

/// Reads the due slots of every source, side by side, and appends them to the archive.
public struct SnapshotRun: Sendable {
    public var sources: [any PostSource]
    public var archive: String
    public var schedule: Schedule
    /// Seconds a live source is read for.
    public var length: Int
    /// Entries of a published list.
    public var top: Int
    public var rules: CountingRules
    /// Rules of single sources, by name, where they differ.
    public var rulesOfSource: [String: CountingRules]
    /// Of sources that have editions their names: they are read with it, and counted by rules of their own.
    public var editions: [String: [String]]
    /// What goes into the archive's version column.
    public var version: String
    /// By source, the rules that decide what counts, in words that are the same for the same rules.
    public var explanations: [String: String]
    /// What the archive keeps of schedule, places and rules.
    var kept = ArchiveRules()
    /// When it began, for the log of changes.
    var now = Timestamp(secondsSinceEpoch: 0)

    public init(
        sources: [any PostSource], archive: String, schedule: Schedule, length: Int, top: Int,
        rules: CountingRules, rulesOfSource: [String: CountingRules] = [:],
        editions: [String: [String]] = [:], version: String,
        explanations: [String: String] = [:]
    ) {
        self.sources = sources
        self.archive = archive
        self.schedule = schedule
        self.length = length
        self.top = top
        self.rules = rules
        self.rulesOfSource = rulesOfSource
        self.editions = editions
        self.version = version
        self.explanations = explanations
    }

    /// What a run did.
    public struct Report: Sendable {
        /// The windows archived now, in the order they were closed.
        public var archived: [WindowRow] = []
        /// Sources that failed, and why. The others were read all the same.
        public var failures: [(source: String, error: any Error)] = []
        /// Sources of which slots are left that a later run reads.
        public var due: Set<String> = []
        /// The rows that were there before it.
        public var earlier: [WindowRow] = []
        /// Why slots that passed without being read are not called missing yet; nil if all are.
        public var refusal: ClockRefusal?
        /// What of slots and lists is going to be otherwise, and from when on.
        public var turns: [RulesRow] = []

        /// What to say of a source that could not be read: also that what is left of it will be.
        public func words(on error: any Error, of name: String) -> String {
            let words = "\(name): \(error)"
            guard due.contains(name),
                error is TransportError || (error as? SnapshotError)?.isOfService ?? false
            else { return words }
            return sentence(
                words,
                goingOn:
                    "what is missing stays due: each run tries again, for as long as lookBack says")
        }
    }

    /// How one run goes about it.
    public struct Choice: Sendable {
        /// The one slot to read; nil for what is due.
        public var slot: Slot?
        /// Whether it is read though it has a row, and its new window put in the place of the old.
        public var replaces: Bool
        /// Whether also where the new window has less.
        public var isForced: Bool
        /// Another clock to ask, should no source have told the time.
        public var otherClock: @Sendable (OutsideClock) async -> Void

        public init(
            slot: Slot? = nil, replaces: Bool = false, isForced: Bool = false,
            otherClock: @escaping @Sendable (OutsideClock) async -> Void = { _ in }
        ) {
            (self.slot, self.replaces, self.isForced) = (slot, replaces, isForced)
            self.otherClock = otherClock
        }
    }

    /// Archives what is due at `now`, by a clock that somebody has chosen. Throws only what concerns all
    /// sources: an archive that cannot be read or written or is ahead of the clock, and cancellation, after
    /// whatever had been read was archived.
    public func run(
        now: Timestamp, clock: OutsideClock? = nil, _ choice: Choice = Choice()
    ) async throws -> Report {
        let clock = clock ?? OutsideClock(machine: now, isChosen: true)
        let reader = ArchiveReader(folder: archive)
        let windows = try reader.windows()
        if let refusal = ClockRefusal(of: windows, at: now) { throw refusal }
        let rules = try reader.rules()
        let turns = rules.turns(to: schedule, top: top, now: now, windows: windows)
        var run = self
        run.kept = ArchiveRules(rows: rules.rows + turns)
        run.now = now
        run.schedule = run.kept.schedule(or: schedule)
        var report: Report
        do {
            report = try await run.keeping { () async throws in
                try await run.read(now, clock, choice, over: windows, adding: turns)
            }
        } catch {
            for source in sources { await source.end() }
            throw error
        }
        for source in sources { await source.end() }
        report.turns = turns.filter { $0.since > now }
        return report
    }

    /// What `body` returns, while the sources keep what they have to themselves.
    private func keeping(
        _ body: () async throws -> Report
    ) async throws -> Report {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for source in sources { group.addTask { await source.keep() } }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// By the schedule that the archive goes by; `turns` are put into it with the first window, or now if it has any.
    private func read(
        _ now: Timestamp, _ clock: OutsideClock, _ choice: Choice, over windows: [WindowRow],
        adding turns: [RulesRow]
    ) async throws -> Report {
        let appending = WindowAppending(
            writer: ArchiveWriter(folder: archive), windows: windows, run: self, choice: choice,
            turns: turns)
        if !windows.isEmpty { try await appending.turn() }
        var failures: [(source: String, error: any Error)] = []
        var recorded: [String: [ClosedWindow]] = [:]
        try await withThrowingTaskGroup(of: SourceOutcome.self) { group in
            for source in sources {
                var request = request(of: source.name, now, clock, over: windows)
                request.slot = choice.slot
                if choice.replaces { request.archived = [] }
                group.addTask { [request] in
                    var outcome = SourceOutcome(source: source.name)
                    do {
                        try await source.read(request) { window in
                            try clock.check(window, source.availability)
                            if source.availability == .recording {
                                outcome.windows.append(window)
                            } else {
                                try await appending.append(window)
                            }
                        }
                    } catch let error as ArchiveError {
                        throw error
                    } catch {
                        outcome.error = error
                    }
                    return outcome
                }
            }
            for try await outcome in group {
                recorded[outcome.source] = outcome.windows
                if let error = outcome.error, !(error is CancellationError) {
                    failures.append((outcome.source, error))
                }
            }
        }
        // Recordings are done when they are done: their rows come in the order of the configuration.
        for source in sources {
            for window in recorded[source.name] ?? [] {
                do {
                    try await source.claim(window.slot)
                } catch {
                    failures.append((source.name, error))
                    continue
                }
                do {
                    try await appending.append(window)
                } catch let error as SnapshotError {
                    failures.append((source.name, error))
                    continue
                }
                do {
                    try await source.release(window.slot)
                } catch {
                    // It is archived, which the next run finds.
                    failures.append((source.name, error))
                }
            }
        }
        var report = Report()
        if choice.slot == nil {
            report.refusal = try await fillGaps(
                appending, failures, over: windows, now: now, clock: clock, choice.otherClock)
            report.due = try await due(now, clock, over: appending.windows)
        }
        try Task.checkCancellation()
        report.archived = await appending.archived
        report.failures = failures.sorted { $0.source < $1.source }
        report.earlier = windows
        return report
    }

    /// What a source is asked for where these windows are archived.
    private func request(
        of source: String, _ now: Timestamp, _ clock: OutsideClock, over windows: [WindowRow]
    ) -> WindowRequest {
        var rules = rules(of: source)
        rules.editions = (editions[source] ?? []).map(self.rules(of:))
        return WindowRequest(
            now: now, schedule: schedule, length: length, slot: nil,
            archived: Set(windows.filter { $0.source == source }.map(\.slot)), rules: rules,
            top: kept.mostPlaces(or: top), clock: clock)
    }

    /// The sources that can go back and have a slot without a row yet.
    private func due(
        _ now: Timestamp, _ clock: OutsideClock, over windows: [WindowRow]
    ) throws -> Set<String> {
        var due: Set<String> = []
        for source in sources {
            guard case .replayable = source.availability else { continue }
            let request = request(of: source.name, now, clock, over: windows)
            if try !request.dueSlots(of: source.name, source.availability).isEmpty {
                due.insert(source.name)
            }
        }
        return due
    }

    /// Of live sources that failed, the slot is left to later runs as long as it is running.
    private func fillGaps(
        _ appending: WindowAppending, _ failures: [(source: String, error: any Error)],
        over earlier: [WindowRow], now: Timestamp, clock: OutsideClock,
        _ other: (OutsideClock) async -> Void
    ) async throws -> ClockRefusal? {
        let running = schedule.slot(containing: now)
        let table = SmallTable<FailedRow>(archive + "/" + ArchiveLayout.failed)
        let before = try table.rows()
        let windows = await appending.windows
        var known = before
        for (name, reader) in series where reader.availability == .live {
            guard let failure = failures.first(where: { $0.source == reader.name }) else {
                continue
            }
            known.removeAll { $0.slot == running.start && $0.source == name }
            known.append(
                FailedRow(
                    slot: running.start, source: name,
                    reason: WindowNote.line("\(failure.error)")))
        }
        let filling = GapFilling(
            run: self, earlier: earlier, windows: windows, failures: known, now: now)
        let gaps = filling.gaps
        var verdict = filling.verdict(on: gaps, by: clock)
        if case .refused = verdict {
            await other(clock)
            verdict = filling.verdict(on: gaps, by: clock)
        }
        var refusal: ClockRefusal?
        switch verdict {
        case .all: for gap in gaps { try await appending.appendMissing(gap) }
        case .refused(let reason): refusal = reason
        }
        let present = Set(await appending.windows.map { "\($0.slot) \($0.source)" })
        known.removeAll { present.contains("\($0.slot) \($0.source)") }
        if known != before { try table.replace(with: known) }
        return refusal
    }

    /// What became of one source.
    private struct SourceOutcome: Sendable {
        let source: String
        /// Of a recording, to be archived when all sources are read.
        var windows: [ClosedWindow] = []
        var error: (any Error)?
    }

    /// Reads the running slot of every source as `run` would, and archives nothing.
    ///
    /// - Parameters:
    ///   - watcher: shown the counts of live windows while they are read.
    ///   - close: gets each window when it is over, also that of a run that is cancelled.
    public func watch(
        now: Timestamp, _ watcher: WindowWatcher,
        close: @escaping @Sendable (ClosedWindow) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for source in sources {
                var rules = rules(of: source.name)
                // Nothing is kept that would tell.
                rules.context = nil
                let request = WindowRequest(
                    now: now, schedule: schedule, length: length, slot: nil, archived: [],
                    rules: rules, top: top, watcher: watcher)
                group.addTask { try await source.read(request) { close($0) } }
            }
            try await group.waitForAll()
        }
    }

    /// All that gets rows of its own, and what reads it: behind each source its editions.
    public var series: [(name: String, reader: any PostSource)] {
        sources.flatMap { source in
            ([source.name] + (editions[source.name] ?? [])).map { ($0, source) }
        }
    }

    /// The rules that the posts of a source, or an edition, are counted by.
    public func rules(of source: String) -> CountingRules { rulesOfSource[source] ?? rules }
}
