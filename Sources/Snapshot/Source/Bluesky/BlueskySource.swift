import Calendar
import Transport

/// Bluesky's posts, whole slots at a time, replayed by Jetstream servers from the slot's start.
///
/// Every slot without a row is due until it is further back than `lookBack`; on the first run, the one
/// that ended last. With `isLive`, the running slot is followed instead, as a live source would.
public struct BlueskySource: PostSource {
    public let name: String
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

    public var availability: Availability {
        options.isLive ? .live : .replayable(lookBack: options.lookBack)
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let spans = try request.dueSlots(of: name, availability).map { span(of: $0, request) }
        guard !spans.isEmpty else { return }
        var reading = JetstreamReading(
            spans, of: name, from: hosts, options: options, request: request)
        try await reading.run(archive)
    }

    /// All of a slot that is over, or is followed; of the running one else what a live window takes of it.
    private func span(of slot: Slot, _ request: WindowRequest) -> DueSpan {
        options.isLive && !request.isWhole
            ? DueSpan(
                slot, from: request.now, to: min(slot.end, request.now + request.length),
                meant: request.length, isLate: false, rules: request.rules)
            : DueSpan(
                slot, from: slot.start, to: slot.end, meant: slot.seconds,
                isLate: request.isLate(slot), rules: request.rules)
    }
}
