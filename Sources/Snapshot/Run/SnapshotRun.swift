import Archive
import Calendar
import Tally

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
    /// What goes into the archive's version column.
    public var version: String

    public init(
        sources: [any PostSource], archive: String, schedule: Schedule, length: Int, top: Int,
        rules: CountingRules, rulesOfSource: [String: CountingRules] = [:], version: String
    ) {
        self.sources = sources
        self.archive = archive
        self.schedule = schedule
        self.length = length
        self.top = top
        self.rules = rules
        self.rulesOfSource = rulesOfSource
        self.version = version
    }

    /// What a run did.
    public struct Report: Sendable {
        /// The windows archived now, in the order they were closed.
        public var archived: [WindowRow] = []
        /// Sources that failed, and why. The others were read all the same.
        public var failures: [(source: String, error: any Error)] = []
        /// The rows that were there before it.
        public var earlier: [WindowRow] = []
    }

    /// Archives what is due at `now`. With `slot`, that slot alone; with `replacing`, though it has a
    /// row. Throws only what concerns all sources: an archive that cannot be read or written, and
    /// cancellation, after whatever had been read was archived.
    public func run(
        now: Timestamp, slot: Slot? = nil, replacing: Bool = false
    ) async throws -> Report {
        let windows = try ArchiveReader(folder: archive).windows()
        let appending = WindowAppending(
            writer: ArchiveWriter(folder: archive), windows: windows, run: self,
            replacing: replacing)
        var failures: [(source: String, error: any Error)] = []
        var recorded: [String: [ClosedWindow]] = [:]
        try await withThrowingTaskGroup(of: SourceOutcome.self) { group in
            for source in sources {
                let archived = Set(windows.filter { $0.source == source.name }.map(\.slot))
                let request = WindowRequest(
                    now: now, schedule: schedule, length: length, slot: slot,
                    archived: replacing ? [] : archived, rules: rules(of: source.name), top: top)
                group.addTask {
                    var outcome = SourceOutcome(source: source.name)
                    do {
                        try await source.read(request) { window in
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
            for window in recorded[source.name] ?? [] { try await appending.append(window) }
        }
        let running = schedule.slot(containing: now)
        for source in sources where source.availability == .live {
            let failure = failures.first { $0.source == source.name }
            if let failure, slot == nil || slot == running {
                try await appending.appendMissing(
                    running, of: source.name, note: "\(failure.error)")
            }
        }
        if slot == nil {
            for source in sources {
                try await appending.appendMissing(
                    of: source.name, source.availability, before: running, now: now)
            }
        }
        try Task.checkCancellation()
        return await Report(
            archived: appending.archived, failures: failures.sorted { $0.source < $1.source },
            earlier: windows)
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

    func rules(of source: String) -> CountingRules { rulesOfSource[source] ?? rules }
}
