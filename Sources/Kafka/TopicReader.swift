import CKafka
import Text

/// Reads partitions of one topic from chosen offsets, outside of any consumer group: nothing is committed, and no right
/// but to describe and read the topic is asked for.
///
/// Aborted transactions do not show. One thread at a time.
public struct TopicReader: ~Copyable {
    private let client: ClusterClient
    private let topic: OpaquePointer
    private let queue: OpaquePointer
    private let name: String
    private let isStopped: () -> Bool
    private var started: Set<Int32> = []
    /// Partitions that have no more now: from which offset on, and from when on, they are read again. Some brokers answer
    /// at once that they have nothing, whatever a fetch says of waiting, and librdkafka asks them at once again.
    private var resting: [Int32: (offset: Int64, end: ContinuousClock.Instant)] = [:]
    private static let rest = Duration.milliseconds(250)
    /// Messages in `room`.
    private var count = 0
    private let room = UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
        .allocate(capacity: Self.most)
    /// Messages that are handed over together at most.
    private static let most = 2000

    /// What comes next of a partition.
    public enum Arrival {
        case message(Message)
        /// There is no more now; the next message will have this offset, or a higher one.
        case end(partition: Int32, offset: Int64)
        /// What is there now begins behind the offset that was to be read.
        case gone(partition: Int32)
        case fault(partition: Int32, reason: String)
    }

    /// A message; what it points to is good until the next are fetched.
    public struct Message {
        public let partition: Int32
        public let offset: Int64
        /// Milliseconds since 1970; nil if it has none.
        public let time: Int64?
        /// The time is that of its arrival at the broker.
        public let isAppendTime: Bool
        /// Nil marks that what its key names is gone.
        public let value: UnsafeRawBufferPointer?
    }

    /// Connects to nothing yet.
    ///
    /// - Parameter isStopped: asked several times a second whether to give up.
    public init(
        of topic: String, at access: ClusterAccess, token: TokenBox? = nil,
        isStopped: @escaping () -> Bool
    ) throws(KafkaError) {
        let client = try ClusterClient(
            .reads, access, token: token,
            [
                ("isolation.level", "read_committed"), ("auto.offset.reset", "error"),
                ("enable.partition.eof", "true"), ("enable.auto.commit", "false"),
                ("enable.auto.offset.store", "false"), ("allow.auto.create.topics", "false"),
                ("check.crcs", "true"), ("fetch.wait.max.ms", "100"),
                // What is queued, and what is asked for at once: it comes compressed, and may be ten times as much.
                // Of each partition that is read.
                ("queued.min.messages", "5000"), ("queued.max.messages.kbytes", "4096"),
                ("fetch.message.max.bytes", "131072"), ("fetch.max.bytes", "524288"),
                ("message.max.bytes", "131072"),
                // Some brokers give all they have, whatever they are asked for; see `FetchGate`.
                ("receive.message.max.bytes", "536870912"),
            ])
        let handle = try client.topic(topic)
        queue = rd_kafka_queue_new(client.handle)
        (self.topic, name, self.isStopped) = (handle, topic, isStopped)
        self.client = client
    }

    deinit {
        for index in 0..<count { rd_kafka_message_destroy(room[index]) }
        for partition in started { rd_kafka_consume_stop(topic, partition) }
        rd_kafka_queue_destroy(queue)
        rd_kafka_topic_destroy(topic)
        room.deallocate()
    }

    /// The topic's partitions; connects, and waits for a broker until `deadline`.
    public func partitions(until deadline: ContinuousClock.Instant) throws(KafkaError) -> [Int32] {
        try client.partitions(of: topic, until: deadline, isStopped)
    }

    /// The offset of the first message of each partition that is not earlier; none of those without one.
    public func offsets(
        at milliseconds: Int64, of partitions: [Int32], until deadline: ContinuousClock.Instant
    ) throws(KafkaError) -> [Int32: Int64] {
        var found: [Int32: Int64] = [:]
        var open = partitions
        while true {
            let list = rd_kafka_topic_partition_list_new(Int32(open.count))
            defer { rd_kafka_topic_partition_list_destroy(list) }
            for partition in open {
                rd_kafka_topic_partition_list_add(list, name, partition).pointee.offset =
                    milliseconds
            }
            client.poll()
            var code = rd_kafka_offsets_for_times(client.handle, list, 5000)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR, let list {
                open = []
                for index in 0..<Int(list.pointee.cnt) {
                    let element = list.pointee.elems[index]
                    if element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
                        open.append(element.partition)
                        code = element.err
                    } else if element.offset >= 0 {
                        found[element.partition] = element.offset
                    }
                }
                if open.isEmpty { return found }
            }
            try pause(after: code, until: deadline)
        }
    }

    /// The first offset of a partition that is still there, and the one behind the last that can be read.
    public func bounds(
        of partition: Int32, until deadline: ContinuousClock.Instant
    ) throws(KafkaError) -> Range<Int64> {
        while true {
            var (low, high) = (Int64(0), Int64(0))
            client.poll()
            let code = rd_kafka_query_watermark_offsets(
                client.handle, name, partition, &low, &high, 5000)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { return low..<max(low, high) }
            try pause(after: code, until: deadline)
        }
    }

    /// The offset behind the last message of a partition that is being read, be it readable or not.
    public func highest(of partition: Int32) -> Int64? {
        var (low, high) = (Int64(0), Int64(0))
        let code = rd_kafka_get_watermark_offsets(client.handle, name, partition, &low, &high)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
    }

    private func pause(
        after code: rd_kafka_resp_err_t, until deadline: ContinuousClock.Instant
    ) throws(KafkaError) {
        if isStopped() { throw .cancelled }
        switch code {
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED: throw .forbidden(topic: name)
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART where .now > deadline:
            throw .noTopic(topic: name)
        case _ where .now > deadline:
            throw .unreachable(brokers: client.state.brokers, reason: words(of: code))
        default: client.poll(within: 200)
        }
    }

    /// Reads a partition from this offset on.
    ///
    /// - Parameter isResting: a moment later, as it was asked just now, and had nothing there.
    public mutating func start(
        _ partition: Int32, at offset: Int64, isResting: Bool = false
    ) throws(KafkaError) {
        stop(partition)
        if isResting {
            resting[partition] = (offset, .now + Self.rest)
            return
        }
        guard rd_kafka_consume_start_queue(topic, partition, offset, queue) == 0 else {
            throw .refused(topic: name, reason: words(of: rd_kafka_last_error()))
        }
        started.insert(partition)
    }

    /// Reads it no more. What was on its way may still be handed over.
    public mutating func stop(_ partition: Int32) {
        resting[partition] = nil
        if started.remove(partition) != nil { rd_kafka_consume_stop(topic, partition) }
    }

    /// Waits so many milliseconds at most for what comes next; gives how many arrivals it were, to be asked for by
    /// `arrival`. Those before are no longer there.
    public mutating func fetch(within milliseconds: Int32) throws(KafkaError) -> Int {
        if isStopped() { throw .cancelled }
        release()
        client.poll()
        for (partition, place) in resting where place.end <= .now {
            try start(partition, at: place.offset)
        }
        // A batch is waited for until it is full: of a partition that ends, all that time.
        count = max(0, rd_kafka_consume_batch_queue(queue, 0, room, Self.most))
        if count == 0, let first = rd_kafka_consume_queue(queue, milliseconds) {
            room[0] = first
            count =
                1 + max(0, rd_kafka_consume_batch_queue(queue, 0, room + 1, Self.most - 1))
        }
        for index in 0..<count {
            guard let message = room[index]?.pointee,
                message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF,
                started.contains(message.partition)
            else { continue }
            try start(message.partition, at: message.offset, isResting: true)
        }
        return count
    }

    private mutating func release() {
        for index in 0..<count { rd_kafka_message_destroy(room[index]) }
        count = 0
    }

    /// The last that was told of the connections.
    public var lastReason: String { client.state.lastReason }
    /// What will not heal by itself.
    public var finalError: KafkaError? { client.state.finalError }

    /// One of those that were fetched last, good until the next are.
    public func arrival(_ index: Int) -> Arrival? {
        guard index < count, let message = room[index] else { return nil }
        let partition = message.pointee.partition
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
            let time = rd_kafka_message_timestamp(message, &kind)
            return .message(
                Message(
                    partition: partition, offset: message.pointee.offset,
                    time: kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : time,
                    isAppendTime: kind == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME,
                    value: message.pointee.payload.map {
                        UnsafeRawBufferPointer(start: $0, count: message.pointee.len)
                    }))
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            return .end(partition: partition, offset: message.pointee.offset)
        case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
            return .gone(partition: partition)
        default:
            let reason =
                message.pointee.payload.map {
                    String(
                        decoding: UnsafeRawBufferPointer(start: $0, count: message.pointee.len),
                        as: UTF8.self)
                } ?? words(of: message.pointee.err)
            return .fault(partition: partition, reason: ClientState.words(reason))
        }
    }
}
