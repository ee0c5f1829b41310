import Calendar
import Kafka

/// Reads one slot of a topic again: of each partition what lies between two times, with a margin, of which the posts'
/// own times then say what belongs to it.
///
/// Blocks: to be run on a thread of its own.
struct TopicReplay: ~Copyable {
    private let topic: KafkaTopic
    private let margin: Int64
    private var reader: TopicReader
    private var events: MessageEvents
    private var span: TopicSpan
    private var shares: [Int32: Share] = [:]
    private var partitions: [Int32] = []
    /// Those that are not being read yet: of each that is, a queue is kept.
    private var waiting: [Int32] = []
    private static let mostAtOnce = 8
    /// What is later belongs to no post of the slot, in microseconds.
    private var limit: Int64 = 0
    /// What was said last of a partition that could not be read.
    private var fault: String?
    private var order = MessageOrder(from: 0, partitionCount: 1)

    /// What is to be read of one partition.
    private struct Share {
        let first: Int64
        /// Where the first message stands that is later than all of the slot, by the broker; nil if there is none yet. One
        /// message with a time that is wrong is enough for it to be too early.
        let end: Int64?
        /// Where it ended when the run began. One that ends before it has a broker that lost messages, or is not done
        /// reading its disk.
        let known: Int64
        var next: Int64
        /// By the messages' times.
        var position: StreamPosition
        var isDone = false
        /// The time of the last message.
        var time: Int64?
        /// From when on messages are lost, until the next one says to when.
        var lostFrom: Int64??
        /// What can be read ends there, as a transaction is open.
        var heldAt: Int64?
    }

    /// What came of it.
    struct Outcome: Sendable {
        let span: TopicSpan
        let partitionCount: Int
        /// The topic has messages of the slot's end or later.
        let goesOn: Bool
    }

    private init(
        of topic: KafkaTopic, _ slot: Slot, margin: Int, for request: WindowRequest,
        token: TokenBox?, isStopped: @escaping () -> Bool
    ) throws(KafkaError) {
        self.topic = topic
        self.margin = Int64(margin) * 1000
        reader = try TopicReader(
            of: topic.name, at: topic.access, token: token, isStopped: isStopped)
        events = MessageEvents(
            format: topic.format, grammar: topic.grammar, links: request.rules.context?.links)
        span = TopicSpan(slot, rules: request.rules)
    }

    /// Reads the slot; until `isStopped`, or a broker has brought nothing for too long.
    static func outcome(
        of topic: KafkaTopic, _ slot: Slot, margin: Int, for request: WindowRequest,
        token: TokenBox?, isStopped: @escaping () -> Bool
    ) throws(SnapshotError) -> Outcome {
        let outcome: Outcome
        do throws(KafkaError) {
            var replay = try TopicReplay(
                of: topic, slot, margin: margin, for: request, token: token, isStopped: isStopped)
            let goesOn = try replay.find()
            try replay.follow()
            outcome = Outcome(
                span: replay.span, partitionCount: replay.partitions.count, goesOn: goesOn)
        } catch {
            throw .topic(error)
        }
        if let complaint = outcome.span.complaint(of: topic) { throw complaint }
        return outcome
    }

    /// Finds out what there is to read. Gives whether the topic goes on behind the slot.
    private mutating func find() throws(KafkaError) -> Bool {
        let deadline = ContinuousClock.now + topic.patience
        partitions = try reader.partitions(until: deadline)
        let (start, end) = (
            span.slot.start.microseconds / 1000, span.slot.end.microseconds / 1000
        )
        limit = (end + margin) * 1000
        order = MessageOrder(
            from: start - margin, partitionCount: Int(partitions.last ?? 0) + 1)
        let firsts = try reader.offsets(at: start - margin, of: partitions, until: deadline)
        let ends = try reader.offsets(at: end + margin, of: partitions, until: deadline)
        let later = try reader.offsets(at: end, of: partitions, until: deadline)
        for partition in partitions {
            let bounds = try reader.bounds(of: partition, until: deadline)
            // All of it is gone, or older.
            if firsts[partition] == nil, bounds.isEmpty, bounds.lowerBound > 0 {
                span.lose(from: nil, to: nil)
            }
            let first = firsts[partition] ?? bounds.upperBound
            var share = Share(
                first: first, end: ends[partition], known: bounds.upperBound, next: first,
                position: StreamPosition(at: (start - margin) * 1000))
            if bounds.lowerBound > 0, first == bounds.lowerBound, !bounds.isEmpty {
                share.lostFrom = .some(nil)
            }
            shares[partition] = share
        }
        waiting = partitions.reversed()
        for _ in 0..<Self.mostAtOnce { try startNext() }
        return !later.isEmpty
    }

    private mutating func startNext() throws(KafkaError) {
        // Where nothing can be read, an open transaction may hold it back: the broker says so.
        guard let partition = waiting.popLast(), let share = shares[partition] else { return }
        try reader.start(partition, at: share.next)
    }

    private mutating func follow() throws(KafkaError) {
        var progress = ContinuousClock.now
        while shares.contains(where: { !$0.value.isDone }) {
            let count = try reader.fetch(within: 100)
            var hasMoved = false
            for index in 0..<count {
                guard let arrival = reader.arrival(index) else { continue }
                if try take(arrival) { hasMoved = true }
            }
            if hasMoved {
                progress = .now
            } else if .now - progress > topic.patience {
                throw stall()
            }
            if span.intake.isGarbage { break }
        }
        events.flush(to: &span)
    }

    /// Gives whether something was read by it.
    private mutating func take(_ arrival: TopicReader.Arrival) throws(KafkaError) -> Bool {
        switch arrival {
        case .message(let message):
            guard var share = shares[message.partition], !share.isDone,
                message.offset >= share.next
            else { return false }
            try take(message, in: &share)
            share.next = message.offset + 1
            share.heldAt = nil
            let isPast = share.end.map { share.next > $0 } ?? true
            return try end(share, message.partition, isPast && share.position.time >= limit)
        case .end(let partition, let offset):
            guard var share = shares[partition], !share.isDone else { return false }
            let isPast = share.end.map { offset > $0 } ?? false
            if !isPast, offset < reader.highest(of: partition) ?? offset {
                share.heldAt = offset
                shares[partition] = share
                return false
            }
            if offset < share.known { return shrunk(partition, to: offset, from: share.known) }
            return try end(share, partition, true)
        case .gone(let partition):
            guard var share = shares[partition], !share.isDone else { return false }
            let bounds = try reader.bounds(of: partition, until: .now + topic.patience)
            let next = max(share.next, bounds.lowerBound)
            let isLost = next > share.next
            if isLost, share.lostFrom == nil { share.lostFrom = .some(share.time) }
            share.next = next
            shares[partition] = share
            try reader.start(partition, at: next, isResting: !isLost)
            if bounds.upperBound >= share.known { return isLost }
            return shrunk(partition, to: bounds.upperBound, from: share.known)
        case .fault(_, let reason):
            fault = reason
            return false
        }
    }

    /// What is missing is waited for, as long as for a broker that is away.
    private mutating func shrunk(_ partition: Int32, to end: Int64, from known: Int64) -> Bool {
        fault =
            "partition \(partition) ended at \(known) when the run began, and ends at \(end) now"
        return false
    }

    private mutating func take(
        _ message: TopicReader.Message, in share: inout Share
    ) throws(KafkaError) {
        guard let time = message.time, !message.isAppendTime else {
            throw .refused(topic: topic.name, reason: KafkaTopic.adviceOnTimes)
        }
        if let start = share.lostFrom {
            span.lose(from: start, to: time)
            share.lostFrom = nil
        }
        share.time = max(time, share.time ?? time)
        share.position.take(time * 1000)
        guard let value = message.value else { return }
        events.take(
            value,
            MessageMark(
                time: time * 1000,
                order: order.place(
                    of: message.partition, at: message.offset - share.first, time: time)),
            to: &span)
    }

    /// Keeps the share; its partition is read no more if all of it has been.
    private mutating func end(
        _ share: Share, _ partition: Int32, _ isDone: Bool
    ) throws(KafkaError) -> Bool {
        shares[partition] = share
        guard isDone else { return true }
        shares[partition]?.isDone = true
        if let start = share.lostFrom { span.lose(from: start, to: nil) }
        reader.stop(partition)
        try startNext()
        return true
    }

    private func stall() -> KafkaError {
        if let error = reader.finalError { return error }
        for (partition, share) in shares where !share.isDone {
            if let offset = share.heldAt {
                return .undecided(
                    topic: topic.name, partition: Int(partition), offset: offset)
            }
        }
        return .stalled(
            topic: topic.name, seconds: topic.patience.wholeSeconds,
            reason: fault ?? reader.lastReason)
    }
}

extension TopicSpan {
    /// Why what was read is no window; nil if it is one.
    fileprivate func complaint(of topic: KafkaTopic) -> SnapshotError? {
        if let complaint = intake.complaint(
            of: topic.origin, in: topic.format, ledger.read)
        {
            return complaint
        }
        return extent.complaint(of: topic)
    }
}

/// One order of the messages of a slot: by time, then partition, then offset.
private struct MessageOrder {
    private let start: Int64
    private let offsetBits: Int
    /// Of milliseconds: three days.
    private static let timeBits = 28

    init(from start: Int64, partitionCount: Int) {
        self.start = start
        let partitionBits = Int.bitWidth - max(1, partitionCount).leadingZeroBitCount
        offsetBits = UInt64.bitWidth - Self.timeBits - partitionBits
    }

    /// - Parameter offset: from the first message of the partition that is read.
    func place(of partition: Int32, at offset: Int64, time: Int64) -> UInt64 {
        let time = min(UInt64(clamping: time - start), 1 << UInt64(Self.timeBits) - 1)
        let offset = min(UInt64(clamping: offset), 1 << UInt64(offsetBits) - 1)
        return time << UInt64(UInt64.bitWidth - Self.timeBits)
            | UInt64(clamping: partition) << UInt64(offsetBits) | offset
    }
}
