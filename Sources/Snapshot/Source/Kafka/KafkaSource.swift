import Calendar
import Kafka
import Tasks

/// Posts of a topic of Kafka, whole slots at a time; with `isLive` the running slot as it goes.
///
/// A slot can be read as long as the topic holds it: its messages lie between two times of each partition, which a
/// broker looks up by the times that their producer gave them.
public struct KafkaSource: PostSource {
    public let name: String
    let topic: KafkaTopic
    let options: Options

    /// How a topic is read; lengths of time in seconds.
    public struct Options: Hashable, Sendable {
        /// How far back slots are read.
        public var lookBack: Int
        /// How long after a slot's end its last posts may still arrive.
        public var settle: Int
        /// How far a message's time may be from its post's, or from those of its neighbours.
        public var margin: Int
        public var isLive: Bool

        public init(
            lookBack: Int = 36 * 3600, settle: Int = 30, margin: Int = 300, isLive: Bool = false
        ) {
            (self.lookBack, self.settle) = (lookBack, settle)
            (self.margin, self.isLive) = (margin, isLive)
        }
    }

    public init(name: String, topic: KafkaTopic, options: Options = Options()) {
        (self.name, self.topic, self.options) = (name, topic, options)
    }

    public var availability: Availability {
        options.isLive ? .live : .replayable(lookBack: options.lookBack)
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        if options.isLive { return try await follow(request, archive: archive) }
        let slots = try request.dueSlots(of: name, availability)
        guard let last = slots.last else { return }
        let settled = (last.end + options.settle).seconds(since: request.now)
        if settled > 0 { try await Task.sleep(for: .seconds(settled)) }
        try await topic.withTokens { tokens in
            try await read(
                slots, by: { try await window(of: $0, for: request, tokens) }, archive: archive)
        }
    }

    private func window(
        of slot: Slot, for request: WindowRequest, _ tokens: TokenBox?
    ) async throws -> ClosedWindow {
        let (topic, margin) = (topic, options.margin)
        let outcome: TopicReplay.Outcome
        do throws(SnapshotError) {
            outcome = try await onThread { isStopped throws(SnapshotError) in
                try TopicReplay.outcome(
                    of: topic, slot, margin: margin, for: request, token: tokens,
                    isStopped: isStopped)
            }
        } catch .topic(.cancelled) {
            throw CancellationError()
        }
        if outcome.span.extent.seconds.eventCount == 0, !outcome.goesOn {
            throw SnapshotError.nothingMore(
                source: name, since: "\(slot.start)", slot: "\(slot.start)")
        }
        return try outcome.span.closed(
            by: name, partitionCount: outcome.partitionCount, isLate: request.isLate(slot),
            keeping: request.top)
    }
}
