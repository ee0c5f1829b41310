import Archive
import Transport

/// The streams of Mastodon servers, followed for a while: new posts, edits and deletions as they
/// happen.
///
/// Each timeline of each server is a connection of its own; the copies of a post on several of them
/// count once. A stream cannot be resumed, so the time without a connection is missing from the
/// coverage.
public struct MastodonStream: PostSource {
    public let name: String
    public let isScheduled = true
    let servers: [MastodonAccess]
    let timelines: [MastodonTimeline]
    let certificates: String?
    private let silenceLimit: Duration
    private let pauses: StreamPauses

    /// The server says `:thump` every 15 seconds (mastodon, streaming/index.js).
    private static let standardSilence = Duration.seconds(45)

    /// - Parameters:
    ///   - servers: at least one, with tokens of users.
    ///   - timelines: at least one, read of each server.
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    public init(
        name: String, servers: [MastodonAccess], timelines: [MastodonTimeline],
        certificates: String? = nil
    ) {
        self.init(
            name: name, servers: servers, timelines: timelines, certificates: certificates,
            silenceLimit: Self.standardSilence, pauses: .mastodon)
    }

    init(
        name: String, servers: [MastodonAccess], timelines: [MastodonTimeline],
        certificates: String?, silenceLimit: Duration, pauses: StreamPauses
    ) {
        self.name = name
        self.servers = servers
        self.timelines = timelines
        self.certificates = certificates
        self.silenceLimit = silenceLimit
        self.pauses = pauses
    }

    private struct Reading: Sendable {
        var ledger: PostLedger
        var stream: LiveReading
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard let stretch = try LiveStretch(of: name, request) else { return }
        let readings = try await read(stretch, request.rules)
        let failure = readings.lazy.compactMap(\.stream.failure).first
        guard readings.contains(where: \.stream.hasConnected) else {
            try Task.checkCancellation()
            throw failure ?? CancellationError()
        }
        let connected = readings.reduce(Duration.zero) { $0 + $1.stream.connected }
        let notes = readings.flatMap { $0.stream.note(until: min(.now, stretch.end), in: stretch) }
        try await archive(
            ClosedWindow(
                slot: stretch.slot, source: name, start: stretch.start,
                end: max(stretch.time(of: .now), stretch.start + 1),
                read: Double(stretch.seconds(of: connected / readings.count)),
                meant: Double(stretch.meant),
                tally: LedgerResolution(readings.map(\.ledger), workers: 1).tally(
                    keeping: request.top),
                reconnects: readings.reduce(0) { $0 + $1.stream.reconnects },
                note: notes.joined(separator: "; ")))
        try Task.checkCancellation()
        if let failure { throw failure }
    }

    /// Follows every timeline of every server side by side.
    private func read(
        _ stretch: LiveStretch, _ rules: CountingRules
    ) async throws -> [Reading] {
        let client = try HTTPClient(
            maxActive: max(32, servers.count * timelines.count), certificates: certificates)
        let identity = Identity()
        return await cancelling(at: stretch.end) {
            await withTaskGroup { group in
                for server in servers {
                    group.addTask {
                        await read(server, rules, identity, client, before: stretch.end)
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
        }
    }

    /// Follows every timeline of one server.
    private func read(
        _ access: MastodonAccess, _ rules: CountingRules, _ identity: Identity,
        _ client: HTTPClient, before end: ContinuousClock.Instant
    ) async -> [Reading] {
        var server = access.server(client)
        let instance =
            (try? await server.instance(before: end)) ?? MastodonInstance([], base: access.base)
        return await withTaskGroup { group in
            for timeline in timelines {
                group.addTask {
                    await follow(timeline, of: instance, access, rules, identity, client)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func follow(
        _ timeline: MastodonTimeline, of instance: MastodonInstance, _ access: MastodonAccess,
        _ rules: CountingRules, _ identity: Identity, _ client: HTTPClient
    ) async -> Reading {
        var ledger = PostLedger(rules: rules)
        let decoder = MastodonDecoder(
            grammar: .mastodon, identity: identity, domain: instance.domain)
        var events = EventReader(of: .mastodon, by: .mastodon(decoder))
        let stream = LiveStream(
            client: client,
            request: { _ throws(TransportError) in try request(timeline, of: instance, access) },
            pauses: pauses,
            refusal: { status, headers in
                .refused(address: access.base, reason: access.refusal(status, headers))
            })
        let reading = await stream.read { bytes in
            guard let bytes else {
                // What stands behind the last line end: whole or cut off, the decoder tells.
                events.finish(to: &ledger)
                return .goOn
            }
            bytes.withUnsafeBytes { events.feed($0, to: &ledger) }
            return .goOn
        }
        return Reading(ledger: ledger, stream: reading)
    }

    /// The request that opens the stream of a timeline.
    func request(
        _ timeline: MastodonTimeline, of instance: MastodonInstance, _ access: MastodonAccess
    ) throws(TransportError) -> Request {
        var headers = access.authorization
        headers["Accept"] = "text/event-stream"
        return Request(
            .get, try Address(instance.streaming + timeline.streamPath), headers: headers,
            silenceLimit: silenceLimit, timeLimit: nil)
    }
}
