import Calendar
import Decode
import Transport

/// Reads due spans from Jetstream servers, one connection after another, and hands over each window
/// when it is over.
struct JetstreamReading {
    private let source: String
    private let options: BlueskySource.Options
    private let request: WindowRequest
    private let begin = ContinuousClock.now
    private var replay: SlotReplay
    private var hosts: Rotation<JetstreamHost>
    private var attempts = ReconnectPolicy.standard.begin()
    private var patience: Patience
    private var socket: WebSocket?
    private var hasConnected = false
    /// Where the stream was when the connection began, and the latest event known.
    private var start: (position: StreamPosition, latest: Int64)
    /// By the place of the server in the rotation, where servers begin that do not go back as far as
    /// they were asked to.
    private var floors: [Int: Int64] = [:]
    /// Whether it is known of this connection where the server begins.
    private var isJudged = false
    /// Connections in a row, by the place of the server, of which nothing could be read.
    private var unreadable: [Int: Int] = [:]
    private var progress: (at: ContinuousClock.Instant, position: Int64)
    private let tap: (@Sendable ([UInt8]?) async -> Void)?

    /// Near a span's end so little is missing that the servers may have nothing of it.
    private static let nearEnd: Int64 = 30_000_000
    private static let shortStall = 5

    init(
        _ spans: [DueSpan], of source: String, from hosts: [JetstreamHost],
        options: BlueskySource.Options, request: WindowRequest
    ) {
        self.source = source
        self.options = options
        self.request = request
        tap = request.tap?.begin(.jetstream)
        replay = SlotReplay(
            spans, now: request.now, links: request.rules.context?.links)
        self.hosts = Rotation(hosts)
        patience = Patience(
            serverCount: hosts.count, limit: .seconds(options.isLive ? request.length : 120))
        start = (replay.position, replay.latest)
        progress = (.now, replay.position.time)
    }

    private var now: Timestamp { request.now + (ContinuousClock.now - begin).wholeSeconds }

    private var isNearEnd: Bool {
        guard let span = replay.spans.first else { return true }
        return replay.latest >= span.range.upperBound - Self.nearEnd
    }

    mutating func run(_ archive: (ClosedWindow) async throws -> Void) async throws {
        while !replay.spans.isEmpty {
            do throws(TransportError) {
                try await readNext()
            } catch {
                let wasOpen = socket != nil
                socket = nil
                if Task.isCancelled { return try await stop(archive) }
                switch verdict(on: error, wasOpen: wasOpen) {
                case .tryAgain: await waitAndRotate(after: error)
                case .nothingMore: return try await finish(archive)
                case .giveUp:
                    if options.isLive, !replay.spans[replay.spans.startIndex].isEmpty {
                        return try await finish(archive)
                    }
                    if hosts.servers.count == 1 { throw error }
                    throw SnapshotError.noneOf(count: hosts.servers.count, last: error)
                }
            }
            if let error = nothingReadable { throw error }
            try await archiveWhatIsOver(archive)
            if let span = replay.spans.first {
                try request.watcher?.look(
                    at: source, span.ledger, keeping: request.top,
                    within: span.range, reached: replay.position.time)
            }
        }
    }

    // MARK: connections

    private mutating func readNext() async throws(TransportError) {
        let socket = try await connected()
        let stall = isNearEnd ? min(options.stall, Self.shortStall) : options.stall
        let batch = try await socket.next(within: .seconds(stall))
        replay.horizon = now.microseconds
        await tap?(Array(batch.bytes.dropLast(MessageBatch.padding)))
        let isReadable = replay.take(batch)
        socket.reuse(batch)
        if let time = replay.reached {
            request.clock.take(past: Timestamp(microseconds: time), of: hosts.current.shown)
        }
        if replay.latest > start.latest {
            patience.rewarded()
            attempts.succeeded()
        }
        if replay.position.time > progress.position {
            progress = (.now, replay.position.time)
        } else if .now - progress.at > .seconds(3 * options.stall) {
            throw .silent(shown: hosts.current.shown, limit: .seconds(3 * options.stall))
        }
        if replay.hasRead { unreadable[hosts.index] = nil }
        if isReadable {
            leaveIfClamped()
        } else {
            if !replay.hasRead {
                unreadable[hosts.index, default: 0] += 1
                replay.leave("\(hosts.current.shown) \(Self.cannotBeRead)")
            }
            self.socket = nil
            hosts.advance()
        }
    }

    /// Why no server can be read, though they send; nil if one may be. A second connection shows that
    /// the first was no accident.
    private var nothingReadable: SnapshotError? {
        guard hosts.servers.indices.allSatisfy({ unreadable[$0] ?? 0 >= 2 }) else { return nil }
        return .refused(
            address: hosts.servers.map(\.shown).joined(separator: ", "),
            reason: "\(Self.cannotBeRead); name another server")
    }

    private static let cannotBeRead = "sends what cannot be read, compressed perhaps"

    private mutating func connected() async throws(TransportError) -> WebSocket {
        if let socket { return socket }
        let opened = try await WebSocket.open(
            WebSocketRequest(
                hosts.current.subscription(from: replay.cursor),
                messageLimit: RecordFramer.longestRecord),
            certificates: options.certificates)
        request.clock.take(date: opened.date, of: hosts.current.shown)
        if hasConnected { replay.countReconnect() }
        hasConnected = true
        replay.begin()
        patience.connected()
        start = (replay.position, replay.latest)
        isJudged = false
        progress = (.now, replay.position.time)
        socket = opened
        return opened
    }

    /// A server that begins later than it was asked to says nothing about it: whichever goes back
    /// furthest is read.
    private mutating func leaveIfClamped() {
        let (before, reached) = (start.position.time, replay.position.time)
        guard reached > before, !isJudged else { return }
        isJudged = true
        if floors[hosts.index] != nil { return }
        guard let gap = replay.position.gaps.first(where: { $0.lowerBound == before }),
            gap.upperBound - gap.lowerBound > Self.nearEnd
        else {
            floors = [:]
            return
        }
        floors[hosts.index] = gap.upperBound
        guard hosts.servers.count > 1 else { return }
        replay.goBack(to: start.position)
        socket = nil
        if floors.count < hosts.servers.count {
            hosts.advance()
        } else if let furthest = floors.min(by: { $0.value < $1.value }) {
            hosts.move(to: furthest.key)
        }
    }

    private mutating func verdict(
        on error: TransportError, wasOpen: Bool
    ) -> Patience.Verdict {
        guard wasOpen else { return patience.refused(error) }
        guard replay.latest == start.latest else { return .tryAgain }
        let verdict = patience.ended(error, isNearEnd: isNearEnd)
        // Before the network has settled, nothing new is no end.
        guard case .nothingMore = verdict, let span = replay.spans.first,
            now.microseconds < span.range.upperBound + Int64(options.settle) * 1_000_000
        else { return verdict }
        return .tryAgain
    }

    private mutating func waitAndRotate(after error: TransportError) async {
        var asked = Duration.zero
        if case .refused(_, _, let wait?, _) = error { asked = min(wait, .seconds(60)) }
        hosts.advance()
        _ = try? await attempts.pause(atLeast: asked)
    }

    // MARK: windows

    private mutating func archiveWhatIsOver(
        _ archive: (ClosedWindow) async throws -> Void
    ) async throws {
        while let span = replay.spans.first {
            let settled = span.range.upperBound + Int64(options.settle) * 1_000_000
            if replay.isExcessive {
                let host = hosts.current.shown
                try await close(archive, stop: "stopped, as more came than a slot can hold")
                throw SnapshotError.excessive(source: source, host: host)
            } else if replay.position.time >= settled {
                try await close(archive)
            } else {
                return
            }
        }
    }

    private mutating func close(
        _ archive: (ClosedWindow) async throws -> Void, stop: String? = nil
    ) async throws {
        let span = replay.spans[replay.spans.startIndex]
        try await archive(
            span.closed(by: source, at: replay.position, keeping: request.top, stop: stop))
        if !replay.removeFirst() { socket = nil }
        progress.at = .now
    }

    /// The servers have no more. What they had of the oldest span is its window; later ones stay due.
    private mutating func finish(
        _ archive: (ClosedWindow) async throws -> Void
    ) async throws {
        replay.finish()
        while let span = replay.spans.first,
            !span.isEmpty || replay.latest >= span.range.upperBound
        {
            try await close(archive)
        }
        if let left = replay.spans.first {
            throw SnapshotError.nothingMore(
                source: source, since: "\(Timestamp(microseconds: replay.latest))",
                slot: "\(left.slot.start)")
        }
    }

    /// The run was cancelled: what was read is archived.
    private mutating func stop(_ archive: (ClosedWindow) async throws -> Void) async throws {
        replay.finish()
        if let span = replay.spans.first, !span.isEmpty {
            try await close(archive, stop: "the run was stopped")
        }
        throw CancellationError()
    }
}
