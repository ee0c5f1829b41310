import Archive
import Tally
import Tasks
import Transport

/// A stream of X, or of a relay that speaks like it, followed for a while within a budget.
///
/// Each post that is delivered costs money, so it is paid for on disk before it is read, and reading
/// stops at the budget's last post.
public struct XSource: PostSource {
    public let name: String
    public let isScheduled = true
    let access: XAccess
    let api: XAPI
    let kind: XStreamKind
    let budget: XBudget
    let log: SpendingLog
    private let backfillMinutes: Int
    let certificates: String?
    private let silenceLimit: Duration
    private let pauses: ReconnectPolicy

    /// X sends a line end every 20 seconds, at times a little late (docs.x.com, consuming streaming
    /// data).
    private static let standardSilence = Duration.seconds(30)

    /// - Parameters:
    ///   - archive: the archive's folder, which has the log of what was spent.
    ///   - backfillMinutes: 0 to 5, of what a lost connection missed; only some accounts have it.
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    public init(
        name: String, access: XAccess, api: XAPI, kind: XStreamKind, budget: XBudget,
        archive: String, backfillMinutes: Int = 0, certificates: String? = nil
    ) {
        self.init(
            name: name, access: access, api: api, kind: kind, budget: budget, archive: archive,
            backfillMinutes: backfillMinutes, certificates: certificates,
            silenceLimit: Self.standardSilence, pauses: .x)
    }

    init(
        name: String, access: XAccess, api: XAPI, kind: XStreamKind, budget: XBudget,
        archive: String, backfillMinutes: Int, certificates: String?, silenceLimit: Duration,
        pauses: ReconnectPolicy
    ) {
        self.name = name
        self.access = access
        self.api = api
        self.kind = kind
        self.budget = budget
        log = SpendingLog(archive: archive)
        self.backfillMinutes = backfillMinutes
        self.certificates = certificates
        self.silenceLimit = silenceLimit
        self.pauses = pauses
    }

    /// What was read, and how it went.
    private struct Reading: Sendable {
        var ledger: PostLedger
        var connections: Connections
        var notes: [String] = []
        var failure: SnapshotError?
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard let window = try LiveWindow(request, of: name) else { return }
        let meter = try meter(for: window.slot)
        let client = try HTTPClient(certificates: certificates)
        var othersRules: Set<String> = []
        if case .filtered(let rules) = kind, api == .v2 {
            var server = PacedServer(
                base: access.base, headers: access.authorization, client: client,
                refusal: access.refusal)
            othersRules = try await XRules(source: name, wanted: rules)
                .apply(to: &server, before: window.end)
        }
        let reading = await cancelling(at: window.end) { [othersRules] in
            await follow(client, meter, request, othersRules)
        }
        guard reading.connections.hasConnected else {
            try Task.checkCancellation()
            throw reading.failure ?? .noAnswer(address: access.base)
        }
        try await archive(
            window.closed(
                of: name, tally: reading.ledger.tally(keeping: request.top),
                over: [reading.connections], notes: reading.notes))
        try Task.checkCancellation()
        if let failure = reading.failure { throw failure }
    }

    /// What may be read of the slot.
    private func meter(for slot: Slot) throws(SnapshotError) -> PostMeter {
        let meter: PostMeter
        do throws(ArchiveError) {
            meter = try PostMeter(of: name, slot: slot.start, budget: budget, log: log)
        } catch {
            throw .spending(error)
        }
        if meter.isExhausted { throw .overBudget(limit: meter.limit) }
        return meter
    }

    /// Reads until the task is cancelled or the budget is used up.
    private func follow(
        _ client: HTTPClient, _ meter: PostMeter, _ request: WindowRequest,
        _ othersRules: Set<String>
    ) async -> Reading {
        let rules = request.rules
        var reader = XReader(api, othersRules: othersRules, rules: rules, meter: meter)
        let stream = LiveStream(
            client: client,
            request: { isFirst throws(TransportError) in
                try kind.request(
                    api, at: access, withReposts: rules.includeReposts,
                    backfillMinutes: isFirst ? 0 : backfillMinutes, silenceLimit: silenceLimit)
            },
            pauses: pauses,
            refusal: { .refused(address: access.base, reason: access.refusal($0, $1)) })
        var connections = Connections()
        if reader.begin() {
            connections = await stream.read { bytes in
                let verdict = reader.take(bytes)
                // What cannot be counted now cannot be at the window's end, which says so.
                try? request.watcher?.look(at: name, reader.ledger, keeping: request.top)
                return verdict
            }
        }
        reader.settle()
        var reading = Reading(
            ledger: reader.ledger, connections: connections, failure: connections.failure)
        if let failure = reader.failure {
            reading.failure = .spending(failure)
            reading.notes.append("\(SnapshotError.spending(failure))")
        }
        if reader.meter.isExhausted { reading.notes.append("\(reader.meter.limit) reached") }
        if reader.foreign > 0 {
            reading.notes.append(
                "\(reader.foreign) posts came for rules of others of the same app, and cost the same"
            )
        }
        reading.notes += reader.disconnections.map { "the server ended the stream: \($0)" }
        return reading
    }
}
