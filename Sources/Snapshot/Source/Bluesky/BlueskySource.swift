import Archive
import Transport

/// Bluesky's posts, whole slots at a time, replayed by Jetstream servers from the slot's start.
///
/// Every slot without a row is due until it is further back than `lookBack`; on the first run, the one
/// that ended last. With `isLive`, the running slot is followed instead, as a live source would.
public struct BlueskySource: PostSource {
    public let name: String
    public let isScheduled = true
    let hosts: [JetstreamHost]
    let options: Options

    /// How a source is read; lengths of time in seconds.
    public struct Options: Hashable, Sendable {
        /// How far back the servers can go.
        public var lookBack: Int
        /// How much of the stream after a slot's end is read for events that come late.
        public var settle: Int
        /// A server that sends no event for so long is left for another.
        public var stall: Int
        public var isLive: Bool
        /// A PEM file of authorities to trust in the place of the system's.
        public var certificates: String?

        public init(
            lookBack: Int = 36 * 3600, settle: Int = 30, stall: Int = 10, isLive: Bool = false,
            certificates: String? = nil
        ) {
            self.lookBack = lookBack
            self.settle = settle
            self.stall = stall
            self.isLive = isLive
            self.certificates = certificates
        }
    }

    /// - Parameter hosts: `wss` addresses, tried in turn; at least one.
    public init(
        name: String, hosts: [String], options: Options = Options()
    ) throws(TransportError) {
        guard CurlLibrary.hasWebSocket else { throw .noWebSocket(version: CurlLibrary.version) }
        self.name = name
        self.options = options
        var checked: [JetstreamHost] = []
        for host in hosts { checked.append(try JetstreamHost(host)) }
        self.hosts = checked
    }

    public var lookBack: Int? { options.isLive ? nil : options.lookBack }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let spans = options.isLive ? try liveSpans(request) : try dueSpans(request)
        guard !spans.isEmpty else { return }
        var reading = JetstreamReading(
            spans, of: name, from: hosts, options: options, request: request)
        try await reading.run(archive)
    }

    private func dueSpans(_ request: WindowRequest) throws(SnapshotError) -> [DueSpan] {
        let last = request.schedule.slot(containing: request.now).previous
        if let slot = request.slot, slot > last {
            throw .notOver(source: name, slot: "\(slot.start)", end: "\(slot.end)")
        }
        let first = request.archived.min() ?? last.start
        let slots =
            request.slot.map { [$0] }
            ?? sequence(first: last) { $0.previous }
            .prefix { $0.start >= first && $0.end + options.lookBack > request.now }.reversed()
        return slots.filter(request.wants).map {
            DueSpan(
                $0, from: $0.start, to: $0.end, meant: request.schedule.seconds,
                isLate: $0 < last, rules: request.rules)
        }
    }

    private func liveSpans(_ request: WindowRequest) throws(SnapshotError) -> [DueSpan] {
        let slot = request.schedule.slot(containing: request.now)
        if let wanted = request.slot, wanted != slot {
            throw .notReplayable(source: name, slot: "\(wanted.start)")
        }
        guard request.wants(slot) else { return [] }
        return [
            DueSpan(
                slot, from: request.now, to: min(slot.end, request.now + request.length),
                meant: request.length, isLate: false, rules: request.rules)
        ]
    }
}
