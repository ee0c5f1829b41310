import Archive
import Calendar
import Decode
import Tally
import Text
import Transport

/// A stream of X, or of a relay that speaks like it, followed for a while within a budget.
///
/// Each post that is delivered costs money, so it is paid for on disk before it is read, and reading
/// stops at the budget's last post.
public struct XSource: PostSource {
    public let name: String
    public let availability = Availability.live
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
            defer { server.tell(request.clock) }
            othersRules = try await XRules(source: name, wanted: rules)
                .apply(to: &server, before: window.end)
        }
        try await window.read(
            of: name, for: request, from: access.base, archive: archive
        ) { [othersRules] ledger in
            await follow(
                client, meter, into: ledger, request.rules, othersRules, request.clock,
                tap: request.tap?.begin(api.format))
        }
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
        _ client: HTTPClient, _ meter: PostMeter, into ledger: LiveLedger, _ rules: CountingRules,
        _ othersRules: Set<String>, _ clock: OutsideClock,
        tap: (@Sendable ([UInt8]?) async -> Void)?
    ) async -> LiveReading {
        var reader = XReader(
            api, othersRules: othersRules, meter: meter, links: rules.context?.links)
        let stream = LiveStream.http(
            over: client, pauses: pauses,
            request: { isFirst throws(TransportError) in
                try kind.request(
                    api, at: access, withReposts: rules.includeReposts,
                    backfillMinutes: isFirst ? 0 : backfillMinutes, silenceLimit: silenceLimit)
            },
            refusal: { .refused(address: access.base, reason: access.refusal($0, $1)) },
            clock: clock, of: access.base)
        var reading = LiveReading(streams: [Connections()])
        if reader.begin() {
            reading.streams = [
                await stream.read { bytes in
                    await tap?(bytes)
                    var events: [StreamEvent] = []
                    let verdict = reader.take(bytes, to: &events)
                    ledger.take(events)
                    return verdict
                }
            ]
        }
        reader.settle()
        if let failure = reader.failure {
            reading.failure = .spending(failure)
            reading.notes.append("\(SnapshotError.spending(failure))")
        }
        if reader.meter.isExhausted { reading.notes.append("\(reader.meter.limit) reached") }
        let undelivered = reader.undeliveredCount
        if undelivered > 0 {
            let share = Double(undelivered) / Double(undelivered + reader.meter.posts)
            for index in reading.streams.indices { reading.streams[index].keepBack(share) }
            reading.notes.append(
                "the server kept back \(quantity(undelivered, "post")), by its limit on what a stream gets"
            )
        }
        if reader.foreign > 0 {
            reading.notes.append(
                "\(quantity(reader.foreign, "post")) came for rules of others of the same app, and cost the same"
            )
        }
        if !reader.problems.isEmpty {
            for index in reading.streams.indices { reading.streams[index].keepBack(0) }
            reading.notes += reader.problems.sorted().map { "the server says: \($0)" }
        }
        reading.notes += reader.disconnections.map { "the server ended the stream: \($0)" }
        return reading
    }
}
