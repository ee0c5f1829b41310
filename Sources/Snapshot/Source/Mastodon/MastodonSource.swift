import Calendar
import Decode
import Glibc
import Tally
import Tasks
import Transport

/// Timelines of Mastodon servers, read by the REST API: whole slots, also those that were missed.
///
/// A post belongs to the slot in which its server learned of it. The servers are read side by side; the
/// copies of a post on several of them count once. Reading takes at most the length of a live window:
/// what a server's rate limit does not let through by then is missing from the coverage.
public struct MastodonSource: PostSource {
    public let name: String
    public var availability: Availability { .replayable(lookBack: lookBack) }
    private let lookBack: Int
    let servers: [MastodonAccess]
    let timelines: [MastodonTimeline]
    private let settle: Int
    let certificates: String?
    private let backoff: Backoff

    /// - Parameters:
    ///   - servers: at least one.
    ///   - timelines: at least one, read of each server.
    ///   - lookBack: how many seconds back missed slots are read.
    ///   - settle: seconds after a slot's end until the servers know its posts.
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    public init(
        name: String, servers: [MastodonAccess], timelines: [MastodonTimeline], lookBack: Int,
        settle: Int, certificates: String? = nil
    ) {
        self.init(
            name: name, servers: servers, timelines: timelines, lookBack: lookBack, settle: settle,
            certificates: certificates, backoff: Backoff(base: .seconds(1), cap: .seconds(60)))
    }

    init(
        name: String, servers: [MastodonAccess], timelines: [MastodonTimeline], lookBack: Int,
        settle: Int, certificates: String?, backoff: Backoff
    ) {
        self.name = name
        self.servers = servers
        self.timelines = timelines
        self.lookBack = lookBack
        self.settle = settle
        self.certificates = certificates
        self.backoff = backoff
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let slots = try request.dueSlots(of: name, availability)
        guard let newest = slots.last else { return }
        let clock = ContinuousClock()
        // A rehearsal of a time that has long passed has nothing to wait for.
        let now = max(request.now, .now())
        try await clock.sleep(for: .seconds(newest.end.seconds(since: now) + settle))
        let deadline = clock.now + .seconds(request.length)
        let client = try HTTPClient(certificates: certificates)
        var readers = servers.map {
            MastodonReader(
                $0.server(client, backoff), timelines: timelines, hasToken: $0.hasToken)
        }
        var failures: [SnapshotError] = []
        var windows: [ClosedWindow] = []
        // The newest is read first: should the servers not let all be read in time, what is left can be
        // read by later runs, and the site is never behind because of it.
        for slot in slots.reversed() where !Task.isCancelled {
            let readings = await Self.read(slot, request.rules, by: &readers, before: deadline)
            for reader in readers { reader.server.tell(request.clock) }
            let failed = readings.compactMap(\.failure)
            let isEmpty = readings.allSatisfy { $0.seconds == 0 }
            if isEmpty && slot == newest, let failure = failed.first { throw failure }
            // What there was no time for stays due as long as it can still be read.
            let isLeft = slot != newest && failed.contains(where: \.isOutOfTime)
            let isHidden = failed.isEmpty && readings.contains { !$0.hidden.isEmpty }
            if isEmpty && !isHidden || isLeft && !isLastChance(for: slot, request) { break }
            windows.append(try window(of: slot, readings, request))
            failures += failed
        }
        for window in windows.reversed() { try await archive(window) }
        try Task.checkCancellation()
        // Of slow servers the window's note tells; of others the operator has to know.
        if let failure = failures.first(where: { !$0.isOutOfTime }) { throw failure }
    }

    /// Whether the slot will be beyond the look-back when the next one is over.
    private func isLastChance(for slot: Slot, _ request: WindowRequest) -> Bool {
        request.now.seconds(since: slot.end) + request.running.seconds > lookBack
    }

    /// One slot by all readers, side by side.
    private static func read(
        _ slot: Slot, _ rules: CountingRules, by readers: inout [MastodonReader],
        before deadline: ContinuousClock.Instant
    ) async -> [MastodonReader.Reading] {
        let identity = Identity()
        let outcomes = await withTaskGroup { group in
            for (index, reader) in readers.enumerated() {
                group.addTask {
                    var reader = reader
                    let reading = await reader.read(
                        slot, rules: rules, identity: identity, before: deadline)
                    return (index, reader, reading)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
        }
        readers = outcomes.map(\.1)
        return outcomes.map(\.2)
    }

    private func window(
        of slot: Slot, _ readings: [MastodonReader.Reading], _ request: WindowRequest
    ) throws -> ClosedWindow {
        try ClosedWindow(
            slot: slot, source: name, start: readings.map(\.start).min() ?? slot.start,
            end: slot.end, read: Double(readings.reduce(0) { $0 + $1.seconds }),
            meant: Double(slot.seconds * timelines.count * servers.count),
            isLate: request.isLate(slot),
            tally: LedgerResolution(readings.map(\.ledger), workers: 1).tally(
                keeping: request.top),
            note: readings.flatMap { reading in
                (reading.failure.map { ["\($0)"] } ?? []) + reading.hidden
            }.joined(separator: "; "))
    }
}
