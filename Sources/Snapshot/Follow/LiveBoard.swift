import Archive
import Calendar
import Synchronization
import Tasks

/// Where the sources of a followed slot leave what they have counted, whenever somebody asks.
final class LiveBoard: Sendable {
    private struct Contents {
        var withdrawn = Withdrawals()
        var counts: [String: LiveCount] = [:]
        /// When a source was first read in the slot.
        var starts: [String: Timestamp] = [:]
        /// Sources that are being read, and those of them whose answer is waited for.
        var reading: [String: LiveLedger] = [:]
        var due: Set<String> = []
        var answered: AsyncStream<Never>.Continuation?
        /// Of each source, how many records it had brought, and since when.
        var records: [String: (count: Int, since: ContinuousClock.Instant)] = [:]
        var arrears = Arrears()
        /// Sources that have been read to the slot's end.
        var closed: Set<String> = []

        mutating func answer(_ source: String) {
            due.remove(source)
            if due.isEmpty { answered?.finish() }
        }
    }

    private let rules: LiveRules
    /// By source, the names of its editions.
    private let editions: [String: [String]]
    private let clock: FollowClock
    private let contents = Mutex(Contents())

    /// For a source whose stream stands still.
    private static let patience = Duration.seconds(10)

    init(_ rules: LiveRules, editions: [String: [String]] = [:], _ clock: FollowClock) {
        (self.rules, self.editions, self.clock) = (rules, editions, clock)
    }

    /// Looks at the sources when they are asked.
    var watcher: WindowWatcher {
        WindowWatcher(
            over: rules.curve,
            isDue: { [self] source in contents.withLock { $0.due.contains(source) } },
            show: { [self] view in take(view) })
    }

    /// The source is read from now on; into the ledger, if it is one that brings streams.
    func begin(_ source: String, _ ledger: LiveLedger) {
        contents.withLock { contents in
            contents.starts[source] = contents.starts[source] ?? clock.now()
            contents.reading[source] = ledger
        }
    }

    func end(_ source: String) {
        contents.withLock { contents in
            contents.reading[source] = nil
            contents.answer(source)
        }
    }

    /// Takes in the window of a source that has been read to the slot's end; of one that was broken off nothing.
    func close(_ window: ClosedWindow) {
        guard window.slot == rules.slot, window.end >= window.slot.end else { return }
        take(
            WindowWatcher.View(
                source: window.source, tally: window.tally, read: window.start..<window.end))
        contents.withLock { _ = $0.closed.insert(window.source) }
    }

    func isClosed(_ source: String) -> Bool { contents.withLock { $0.closed.contains(source) } }

    /// Asks every source that is being read for its counts, and waits for them, though not for long.
    func ask(without withdrawn: Withdrawals) async {
        let (answers, continuation) = AsyncStream.makeStream(of: Never.self)
        let ledgers = contents.withLock { contents in
            contents.withdrawn = withdrawn
            contents.due = Set(contents.reading.keys)
            contents.answered = continuation
            if contents.due.isEmpty { continuation.finish() }
            return Array(contents.reading.values)
        }
        for ledger in ledgers { ledger.show() }
        await cancelling(at: .now + Self.patience) { for await _ in answers {} }
    }

    /// Whether a source reads what passed before it began.
    var isCatchingUp: Bool { contents.withLock { !$0.arrears.sources.isEmpty } }

    /// What the sources had at the last look, but for those that are catching up: what they had before.
    var counts: [String: LiveCount] { contents.withLock { $0.counts } }

    /// Sources that are being read and have brought nothing new for so long.
    func silent(for duration: Duration) -> Set<String> {
        contents.withLock { contents in
            Set(
                contents.reading.keys.filter { source in
                    contents.records[source].map { .now - $0.since >= duration } ?? false
                })
        }
    }

    /// Sources that have brought something new within that time.
    func heard(within duration: Duration) -> Set<String> {
        contents.withLock { contents in
            Set(contents.records.filter { $1.count > 0 && .now - $1.since < duration }.keys)
        }
    }

    private func take(_ view: WindowWatcher.View) {
        let (withdrawn, start) = contents.withLock { contents in
            (contents.withdrawn, contents.starts[view.source] ?? rules.slot.start)
        }
        let now = min(max(clock.now(), start), rules.slot.end)
        let parts =
            [(view.source, view.tally)] + zip(editions[view.source] ?? [], view.tally.editions)
        // What cannot be told now is told as it was before.
        let counts = parts.compactMap { name, tally in
            try? rules.count(
                .init(source: name, tally: tally, read: view.read), read: view.read ?? start..<now,
                without: withdrawn)
        }
        contents.withLock { contents in
            if let end = view.read?.upperBound {
                contents.arrears.take(now.seconds(since: end), of: view.source)
            }
            if !contents.arrears.sources.contains(view.source) {
                for count in counts { contents.counts[count.source] = count }
            }
            // What cannot be read is nothing new.
            let records = view.tally.read.records - view.tally.read.invalid
            if contents.records[view.source]?.count != records {
                contents.records[view.source] = (records, .now)
            }
            contents.answer(view.source)
        }
    }
}

/// Sources that read what passed before they were begun: so far behind the clock, and coming nearer so fast, that what
/// they have is not worth telling yet.
struct Arrears {
    private(set) var sources: Set<String> = []
    /// At the last look, in seconds.
    private var behind: [String: Int] = [:]

    /// Whoever is no farther behind is read as it goes.
    private static let nearness = 120

    /// Takes in how many seconds behind a source is now.
    mutating func take(_ seconds: Int, of source: String) {
        let before = behind.updateValue(seconds, forKey: source)
        if seconds > Self.nearness, before.map({ seconds < $0 - min($0 / 10, 30) }) ?? true {
            sources.insert(source)
        } else {
            sources.remove(source)
        }
    }
}
