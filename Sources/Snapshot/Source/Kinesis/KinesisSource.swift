import AWS
import Calendar
import Decode
import Tasks

/// A stream of Kinesis Data Streams, read in whole slots for as long as it keeps its records; or as it goes.
///
/// A slot is what arrived from `margin` before its start until some time after its end, and of that the posts whose own
/// times are in it. What a stopped run has read of a slot is not archived: the slot stays due.
public struct KinesisSource: PostSource {
    public let name: String
    private let stream: String
    private let client: @Sendable () throws(AWSError) -> KinesisClient
    private let options: Options

    /// How a stream is read; lengths of time in seconds.
    public struct Options: Hashable, Sendable {
        public var format: PostFormat
        /// Finds hashtags where a post's own structure is absent; nil for the format's own.
        public var grammar: Grammar?
        /// How far back slots that were missed are read.
        public var lookBack: Int
        /// How long after a slot's end is waited for posts that come late.
        public var settle: Int
        /// How much of the stream is read before a slot's start, and behind its end where that has passed.
        public var margin: Int
        public var isLive: Bool
        /// A stream that tells of more for so long and gets no further is given up.
        var patience = Duration.seconds(300)

        public init(
            format: PostFormat, grammar: Grammar? = nil, lookBack: Int = 36 * 3600,
            settle: Int = 30, margin: Int = 300, isLive: Bool = false
        ) {
            (self.format, self.grammar, self.lookBack) = (format, grammar, lookBack)
            (self.settle, self.margin, self.isLive) = (settle, margin, isLive)
        }
    }

    /// - Parameter client: called when the stream is first asked for something.
    public init(
        name: String, stream: String, options: Options,
        client: @escaping @Sendable () throws(AWSError) -> KinesisClient
    ) {
        (self.name, self.stream, self.options) = (name, stream, options)
        self.client = client
    }

    public var availability: Availability {
        options.isLive ? .live : .replayable(lookBack: options.lookBack)
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        if options.isLive { return try await readLive(request, archive: archive) }
        let slots = try request.dueSlots(of: name, availability)
        guard !slots.isEmpty else { return }
        let begin = ContinuousClock.now
        do {
            let client = try client()
            let now = { request.now + (ContinuousClock.now - begin).wholeSeconds }
            try await read(
                slots, by: { try await read($0, request, by: client, now: now) }, archive: archive)
        } catch AWSError.transport(.cancelled) {
            throw CancellationError()
        } catch let error as AWSError {
            throw SnapshotError.service(error)
        }
    }

    private func read(
        _ slot: Slot, _ request: WindowRequest, by client: KinesisClient, now: () -> Timestamp
    ) async throws -> ClosedWindow {
        let summary = try await client.summary()
        tell(request.clock, of: client)
        let start = slot.start - options.margin
        var events = EventReader(
            format: options.format, grammar: options.grammar, links: request.rules.context?.links)
        // Of what has passed by now, as much is read behind the slot as before it.
        let after = min(
            max(options.settle, now().seconds(since: slot.end)), max(options.settle, options.margin)
        )
        let end = (slot.end + after).secondsSinceEpoch * 1000
        var hearing = StreamSlot(
            DueSpan(
                slot, from: slot.start, to: slot.end, meant: slot.seconds,
                isLate: request.isLate(slot), rules: request.rules),
            from: start.secondsSinceEpoch * 1000, to: end)
        var reading = try await ShardReading(
            of: client, from: .time(start), retention: summary.retentionSeconds,
            patience: options.patience, limit: .seconds(slot.seconds))
        while !reading.isDone {
            try await reading.round(
                until: end, now: { now().secondsSinceEpoch * 1000 },
                { hearing.take($0, by: &events) })
            tell(request.clock, of: client)
            if hearing.intake.isGarbage { break }
            if let length = reading.stuckFor {
                throw SnapshotError.stuck(stream: stream, minutes: length.wholeSeconds / 60)
            }
            guard hearing.byteCount < StreamSlot.byteLimit else {
                throw SnapshotError.excessive(source: name, host: stream)
            }
            try request.watcher?.look(at: name, hearing.span.ledger, keeping: request.top)
        }
        if let complaint = hearing.intake.complaint(
            of: "the stream \(stream)", in: options.format, hearing.span.ledger.read)
        {
            throw complaint
        }
        let created = summary.created.flatMap { $0 > slot.start ? $0 : nil }
        let kept = reading.lostBefore.map { $0 * 1000 }
        let isYoung = (created?.microseconds ?? 0) > (kept ?? 0)
        return try hearing.closed(
            by: name, lostBefore: [kept, created?.microseconds].compactMap { $0 }.max(),
            isYoung
                ? "the stream is no older"
                : "the stream keeps records for \(summary.retentionSeconds / 3600) h",
            keeping: request.top)
    }

    private func tell(_ clock: OutsideClock, of client: KinesisClient) {
        guard let lead = client.clockLead else { return }
        clock.take(.now() + lead, of: client.access.endpoint, at: .now)
    }

    private func readLive(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard let window = try LiveWindow(request, of: name) else { return }
        try await window.read(
            .kinesis(client), of: name, in: options.format, options.grammar, for: request,
            from: stream, archive: archive)
    }
}

extension KinesisSource {
    /// Whether the stream is there, and may be read.
    public func check() async -> [SourceCheck] {
        let subject = "stream \(stream)"
        do throws(AWSError) {
            var client = try client()
            client.patience = SourceCheck.patience
            let summary = try await client.summary()
            if let shard = try await client.shards().first {
                // That its key may be used shows only where there is a record.
                let iterator = try await client.iterator(of: shard.id, at: .beginning)
                _ = try await client.records(at: iterator, limit: 1)
            }
            let hours = summary.retentionSeconds / 3600
            let isThere = !["DELETING", "CREATING"].contains(summary.status)
            let shards =
                summary.openShardCount == 1
                ? "1 open shard" : "\(summary.openShardCount) open shards"
            let short =
                options.lookBack > summary.retentionSeconds && !options.isLive
                ? ", less than lookBack (\(options.lookBack / 3600) h): a slot that is missed for longer is lost"
                : ""
            return [
                SourceCheck(
                    subject,
                    isThere
                        ? "\(shards), keeps \(hours) h\(short)"
                        : summary.status == "DELETING"
                            ? "is being deleted; name another"
                            : "is being made just now; ask again in a minute",
                    isWrong: !isThere, clockLead: client.clockLead)
            ]
        } catch {
            return [SourceCheck(subject, "\(error)", isWrong: true)]
        }
    }
}
