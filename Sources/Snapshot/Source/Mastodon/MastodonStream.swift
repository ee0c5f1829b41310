import Decode
import Links
import Synchronization
import Transport

/// The streams of Mastodon servers, followed for a while: new posts, edits and deletions as they
/// happen.
///
/// Each timeline of each server is a connection of its own; the copies of a post on several of them
/// count once. A stream cannot be resumed, so the time without a connection is missing from the
/// coverage.
public struct MastodonStream: PostSource {
    public let name: String
    public let availability = Availability.live
    let servers: [MastodonAccess]
    let timelines: [MastodonTimeline]
    let certificates: String?
    private let silenceLimit: Duration
    private let pauses: ReconnectPolicy

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
        certificates: String?, silenceLimit: Duration, pauses: ReconnectPolicy
    ) {
        self.name = name
        self.servers = servers
        self.timelines = timelines
        self.certificates = certificates
        self.silenceLimit = silenceLimit
        self.pauses = pauses
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard let window = try LiveWindow(request, of: name) else { return }
        let client = try HTTPClient(
            maxActive: max(32, servers.count * timelines.count), certificates: certificates)
        try await window.read(
            of: name, for: request, from: servers.map(\.base).joined(separator: ", "),
            archive: archive
        ) { ledger in
            let streams = await follow(
                into: ledger, over: client, before: window.end,
                links: request.rules.context?.links, tap: request.tap)
            return LiveReading(
                streams: streams.map(\.connections), notes: streams.compactMap(\.note))
        }
    }

    /// What a stream was, and what its server kept back.
    private struct Followed {
        var connections: Connections
        var note: String?
    }

    /// Follows every timeline of every server side by side.
    private func follow(
        into ledger: LiveLedger, over client: HTTPClient, before end: ContinuousClock.Instant,
        links: LinkRules?, tap: (any StreamTap)?
    ) async -> [Followed] {
        let identity = Identity()
        return await withTaskGroup { group in
            for access in servers {
                group.addTask {
                    var server = access.server(client)
                    let instance =
                        (try? await server.instance(before: end))
                        ?? MastodonInstance([], base: access.base)
                    let decoder = { @Sendable in
                        MastodonDecoder(
                            grammar: .mastodon, identity: identity, domain: instance.domain,
                            accountDomain: instance.accountDomain, links: links)
                    }
                    return await withTaskGroup { group in
                        for timeline in timelines {
                            group.addTask {
                                await follow(
                                    timeline, of: instance, access, by: decoder(), into: ledger,
                                    over: client, tap: tap?.begin(.mastodon))
                            }
                        }
                        return await group.reduce(into: []) { $0.append($1) }
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func follow(
        _ timeline: MastodonTimeline, of instance: MastodonInstance, _ access: MastodonAccess,
        by decoder: MastodonDecoder, into ledger: LiveLedger, over client: HTTPClient,
        tap: (@Sendable ([UInt8]?) async -> Void)?
    ) async -> Followed {
        var reader = EventReader(of: .mastodon, by: .mastodon(decoder))
        let stream = stream(of: timeline, of: instance, access, over: client, ledger.clock)
        var came = (posts: 0, deletions: 0, all: 0)
        var hasBegun = false
        var refused: SnapshotError?
        var connections = await stream.read { bytes in
            await tap?(bytes)
            let before = came.posts
            for event in ledger.take(bytes, by: &reader) {
                came.all += 1
                if case .post = event { came.posts += 1 }
                if case .deletion = event { came.deletions += 1 }
            }
            let isUseful = hasBegun || came.posts > before
            hasBegun = bytes != nil && isUseful
            // A server may say in a message that it does not stream to us, and keep the connection
            // (mastodon, streaming/index.js: `{"error":…,"status":401}`): what follows would pass for silence.
            guard let refusal = decoder.talk.takeRefusal() else { return .goOn }
            if let status = refusal.status, status >= 500 || RequestPace.isLimit(status) {
                return .reconnect
            }
            if isUseful { return .reconnect }
            refused = .refused(
                address: access.base,
                reason: refusal.status.map { access.refusal($0, [:]) }
                    ?? "does not open this stream")
            return .stop
        }
        if let refused { connections.fail(refused, isFinal: true) }
        if refused == nil, came.all > 0, came.posts + came.deletions + decoder.talk.eventCount == 0
        {
            connections.keepBack(1)
            return Followed(
                connections: connections,
                note: "\(access.base) sends something else than the posts of a stream")
        }
        let postCount = came.posts
        // A role may let see more than the instance says; that nothing came bears it out.
        guard
            let kept = instance.keptBack(of: timeline, hasToken: access.hasToken && postCount > 0),
            connections.hasConnected, kept.share < 1 || postCount == 0
        else { return Followed(connections: connections) }
        connections.keepBack(kept.share)
        return Followed(connections: connections, note: "\(access.base) \(kept.reason)")
    }

    /// Server-sent events; of a server that has none, as GoToSocial, the same over a WebSocket.
    private func stream(
        of timeline: MastodonTimeline, of instance: MastodonInstance, _ access: MastodonAccess,
        over client: HTTPClient, _ clock: OutsideClock
    ) -> LiveStream {
        let hasEvents = Known(true)
        let events = LiveStream.http(
            over: client, pauses: pauses,
            request: { _ throws(TransportError) in try request(timeline, of: instance, access) },
            refusal: { status, headers in
                if [400, 404, 405, 406, 426, 501].contains(status) { hasEvents.set(false) }
                return .refused(address: access.base, reason: access.refusal(status, headers))
            },
            doubt: { headers in
                access.refusal(ofStream: headers).map { reason in
                    // Some answer with a page for people whatever they do not know.
                    hasEvents.set(false)
                    return .refused(address: access.base, reason: reason)
                }
            }, clock: clock, of: access.base)
        let socket = LiveStream.webSocket(
            certificates: certificates, pauses: pauses,
            request: { () throws(TransportError) in
                try socketRequest(timeline, of: instance, access)
            })
        return LiveStream(
            open: { isFirst throws(LiveFailure) in
                if !hasEvents.value { return try await socket.open(isFirst) }
                do throws(LiveFailure) {
                    return try await events.open(isFirst)
                } catch {
                    guard !hasEvents.value else { throw error }
                    do throws(LiveFailure) {
                        return try await socket.open(isFirst)
                    } catch .network(.network(.refused)), .final(.network(.refused)) {
                        // Neither: what it said first is the reason.
                        hasEvents.set(true)
                        throw error
                    }
                }
            }, pauses: pauses)
    }

    /// The request that opens the stream of a timeline over a WebSocket. Some servers look for the token in one
    /// header, some in the other; in the address it would be in their logs.
    func socketRequest(
        _ timeline: MastodonTimeline, of instance: MastodonInstance, _ access: MastodonAccess
    ) throws(TransportError) -> WebSocketRequest {
        var headers = access.authorization
        headers["Sec-WebSocket-Protocol"] = headers["Authorization"].map {
            String($0.dropFirst("Bearer ".count))
        }
        return WebSocketRequest(
            try Address("ws" + instance.streaming.dropFirst("http".count) + timeline.socketPath),
            headers: headers, silenceLimit: silenceLimit)
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

/// What is known of a server, told from one connection to the next.
private final class Known: Sendable {
    private let held: Mutex<Bool>

    init(_ value: Bool) { held = Mutex(value) }

    var value: Bool { held.withLock { $0 } }

    func set(_ value: Bool) { held.withLock { $0 = value } }
}
