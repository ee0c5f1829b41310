import Kafka

extension TopicWriter: RelayTarget {
    /// A message a record: its key is the post's id, its time the post's.
    public func write(_ record: RelayedRecord, isStopped: () -> Bool) throws {
        try write(record.text, key: record.id, time: record.time, isStopped: isStopped)
    }

    public func finish() { flush(within: .seconds(10)) }
}
