import Decode
import Kafka
import Links

/// Messages of one partition of a topic, by their offsets: written `2:1000-2000`, without the last.
public struct TopicRange: Hashable, Sendable, CustomStringConvertible {
    public var partition: Int32
    public var offsets: Range<Int64>

    public init(partition: Int32, offsets: Range<Int64>) {
        (self.partition, self.offsets) = (partition, offsets)
    }

    /// Nil if the text is none.
    public init?(_ text: String) {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        let ends = halves.last?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        guard halves.count == 2, ends.count == 2, let partition = Int32(halves[0]),
            let first = Int64(ends[0]), let end = Int64(ends[1]), partition >= 0, first < end
        else { return nil }
        self.init(partition: partition, offsets: first..<end)
    }

    public var description: String { "\(partition):\(offsets.lowerBound)-\(offsets.upperBound)" }

    /// A name for a part: those of a partition sort as its messages do.
    public var name: String {
        "p\(padded(partition, 5))-\(padded(offsets.lowerBound, 19))-\(padded(offsets.upperBound, 19))"
    }

    /// Nil if the name is none.
    init?(name: String) {
        let parts = name.split(separator: "-")
        guard parts.count == 3, parts[0].hasPrefix("p") else { return nil }
        self.init("\(parts[0].dropFirst()):\(parts[1])-\(parts[2])")
    }

    private func padded(_ number: some BinaryInteger, _ length: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, length - text.count)) + text
    }
}

extension TopicRange {
    /// Reads the messages; what of them the topic no longer has, the ledgers are told. Blocks.
    func read(
        from open: OpenTopic, identity: Identity, links: LinkRules?,
        to ledgers: inout TopicLedgers
    ) throws(SnapshotError) {
        do throws(KafkaError) {
            try messages(from: open, identity: identity, links: links, to: &ledgers)
        } catch {
            throw .topic(error)
        }
    }

    private func messages(
        from open: OpenTopic, identity: Identity, links: LinkRules?,
        to ledgers: inout TopicLedgers
    ) throws(KafkaError) {
        let topic = open.topic
        var reader = try TopicReader(
            of: topic.name, at: topic.access, token: open.token, isStopped: open.isStopped)
        var events = MessageEvents(
            format: topic.format, grammar: topic.grammar, identity: identity, links: links)
        ledgers.partitionCount = try reader.partitions(until: .now + topic.patience).count
        var next = offsets.lowerBound
        var lostFrom: Int64??
        var time: Int64?
        var progress = ContinuousClock.now
        var fault: KafkaError?
        try reader.start(partition, at: next)
        while next < offsets.upperBound {
            for index in 0..<(try reader.fetch(within: 100)) {
                switch reader.arrival(index) {
                case .message(let message)?:
                    guard message.partition == partition, message.offset >= next else { continue }
                    next = message.offset + 1
                    progress = .now
                    guard offsets.contains(message.offset) else { continue }
                    guard let stamp = message.time, !message.isAppendTime else {
                        throw .refused(topic: topic.name, reason: KafkaTopic.adviceOnTimes)
                    }
                    if let start = lostFrom { ledgers.lose(from: start, to: stamp) }
                    lostFrom = nil
                    time = max(stamp, time ?? stamp)
                    guard let value = message.value else { continue }
                    events.take(
                        value,
                        MessageMark(
                            time: stamp * 1000,
                            order: UInt64(message.offset - offsets.lowerBound) << Self.recordBits),
                        to: &ledgers)
                case .end(_, let offset)?:
                    if offset >= offsets.upperBound { next = offset }
                    fault = .undecided(
                        topic: topic.name, partition: Int(partition), offset: offset)
                case .gone?:
                    let bounds = try reader.bounds(of: partition, until: .now + topic.patience)
                    guard bounds.upperBound >= offsets.upperBound else {
                        throw .refused(
                            topic: topic.name,
                            reason:
                                "partition \(partition) ends at \(bounds.upperBound), and had \(offsets.upperBound) "
                                + "messages: what the broker lost cannot be counted")
                    }
                    let isLost = bounds.lowerBound > next
                    if isLost {
                        lostFrom = lostFrom ?? .some(time)
                        next = bounds.lowerBound
                    }
                    if next < offsets.upperBound {
                        try reader.start(partition, at: next, isResting: !isLost)
                    }
                case .fault(_, let reason)?:
                    fault = .stalled(
                        topic: topic.name, seconds: topic.patience.wholeSeconds, reason: reason)
                case nil: continue
                }
            }
            if .now - progress > topic.patience {
                throw reader.finalError ?? fault
                    ?? .stalled(
                        topic: topic.name, seconds: topic.patience.wholeSeconds,
                        reason: reader.lastReason)
            }
        }
        events.flush(to: &ledgers)
        if let start = lostFrom { ledgers.lose(from: start, to: nil) }
    }

    /// Of a record's place: of one message so many may be packed together.
    private static let recordBits = 10
}

/// A topic, and what it takes to read it on a thread of its own.
public struct OpenTopic: Sendable {
    let topic: KafkaTopic
    let token: TokenBox?
    let isStopped: @Sendable () -> Bool

    public init(_ topic: KafkaTopic, token: TokenBox?, isStopped: @escaping @Sendable () -> Bool) {
        (self.topic, self.token, self.isStopped) = (topic, token, isStopped)
    }
}
