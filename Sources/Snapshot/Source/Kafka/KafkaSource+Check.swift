import Calendar
import Kafka
import Tasks
import Text

extension KafkaSource {
    /// Whether the topic can be read, how far back, and whether a slot can be found in it.
    public func check() async -> [SourceCheck] {
        var topic = topic
        topic.patience = SourceCheck.patience
        do {
            return [
                try await topic.withTokens { [topic] tokens in
                    try await onThread { isStopped throws(KafkaError) in
                        try look(at: topic, tokens, isStopped)
                    }
                }
            ]
        } catch {
            return [SourceCheck(topic.shown, failure: error)]
        }
    }

    private func look(
        at topic: KafkaTopic, _ tokens: TokenBox?, _ isStopped: @escaping () -> Bool
    ) throws(KafkaError) -> SourceCheck {
        let deadline = ContinuousClock.now + topic.patience
        var reader = try TopicReader(
            of: topic.name, at: topic.access, token: tokens, isStopped: isStopped)
        let partitions = try reader.partitions(until: deadline)
        let many = quantity(partitions.count, "partition")
        var open: Set<Int32> = []
        for partition in partitions {
            let bounds = try reader.bounds(of: partition, until: deadline)
            guard !bounds.isEmpty else { continue }
            try reader.start(partition, at: bounds.lowerBound)
            open.insert(partition)
        }
        if open.isEmpty { return SourceCheck(topic.shown, "\(many), and no message in it yet") }
        var first: Int64?
        while !open.isEmpty {
            if .now > deadline {
                throw .stalled(
                    topic: topic.name, seconds: topic.patience.wholeSeconds,
                    reason: reader.lastReason)
            }
            for index in 0..<(try reader.fetch(within: 100)) {
                switch reader.arrival(index) {
                case .message(let message)?:
                    guard open.remove(message.partition) != nil else { continue }
                    reader.stop(message.partition)
                    guard let time = message.time, !message.isAppendTime || options.isLive else {
                        return SourceCheck(topic.shown, KafkaTopic.adviceOnTimes, isWrong: true)
                    }
                    first = min(first ?? time, time)
                case .end(let partition, _)?: open.remove(partition)
                case .gone, .fault, nil: continue
                }
            }
        }
        let back = first.map { ", back to \(Timestamp(microseconds: $0 * 1000))" } ?? ""
        return SourceCheck(topic.shown, many + back)
    }
}
