import CKafka
import Text

/// Writes messages to one topic, each at least once. They wait in at most 16 MiB of memory.
///
/// Unchecked, as librdkafka's handles may be used by several threads at once and nothing else here changes; callbacks
/// are served by whoever polls.
public final class TopicWriter: @unchecked Sendable {
    private let client: ClusterClient
    private let topic: OpaquePointer
    private let name: String

    /// Connects to nothing yet.
    public init(
        to topic: String, at access: ClusterAccess, token: TokenBox? = nil
    ) throws(KafkaError) {
        client = try ClusterClient(
            .writes, access, token: token,
            [
                ("enable.idempotence", "true"), ("acks", "all"), ("message.timeout.ms", "0"),
                ("linger.ms", "50"), ("message.max.bytes", "8388608"),
                ("queue.buffering.max.kbytes", "16384"), ("queue.buffering.max.messages", "50000"),
                // As the clients of other languages do it.
                ("partitioner", "murmur2_random"),
            ],
            // What the operator may want otherwise.
            standards: [("compression.type", "zstd")])
        self.topic = try client.topic(topic)
        name = topic
    }

    deinit {
        rd_kafka_purge(client.handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        rd_kafka_poll(client.handle, 0)
        rd_kafka_topic_destroy(topic)
    }

    /// Finds out whether the topic is there, and this user may see it. A writer that asks would make one.
    public static func check(
        _ topic: String, at access: ClusterAccess, token: TokenBox? = nil,
        until deadline: ContinuousClock.Instant, isStopped: @escaping () -> Bool
    ) throws(KafkaError) {
        let reader = try TopicReader(of: topic, at: access, token: token, isStopped: isStopped)
        _ = try reader.partitions(until: deadline)
    }

    /// Takes a message; waits while there is no room, and no longer than until `isStopped`.
    ///
    /// - Parameter time: milliseconds since 1970.
    public func write(
        _ value: [UInt8], key: String?, time: Int64, isStopped: () -> Bool
    ) throws(KafkaError) {
        var key = key ?? ""
        while true {
            if let failure = client.state.reports.failure {
                throw .refused(topic: name, reason: failure)
            }
            let stretch = client.state.reports.begin()
            let code = key.withUTF8 { key in
                value.withUnsafeBytes { value in
                    tidemark_kafka_produce(
                        client.handle, topic, key.isEmpty ? nil : key.baseAddress, key.count,
                        value.baseAddress, value.count, time,
                        UnsafeMutableRawPointer(bitPattern: stretch))
                }
            }
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { return client.poll() }
            client.state.reports.withdraw(stretch)
            switch code {
            case RD_KAFKA_RESP_ERR__QUEUE_FULL:
                if isStopped() { throw .cancelled }
                if let error = client.state.finalError { throw error }
                client.poll(within: 100)
            default: throw .refused(topic: name, reason: words(of: code))
            }
        }
    }

    /// Ends the stretch of messages since the last mark; gives its number.
    public func mark() -> Int { client.state.reports.mark() }

    /// The last stretch of which, and of all before which, everything has been written; nil without one.
    public func settled() throws(KafkaError) -> Int? {
        client.poll()
        if let failure = client.state.reports.failure {
            throw .refused(topic: name, reason: failure)
        }
        return client.state.reports.settled()
    }

    /// Waits for what is on its way, so long at most.
    public func flush(within duration: Duration) {
        rd_kafka_flush(client.handle, Int32(clamping: Int(duration / .milliseconds(1))))
    }
}
