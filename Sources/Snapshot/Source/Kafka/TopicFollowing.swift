import Calendar
import Decode
import Kafka
import Links

/// Reads what comes into a topic, from now or a slot's start until it is told to stop. Blocks.
struct TopicFollowing: ~Copyable {
    private let topic: KafkaTopic
    /// Of which all is read, and nothing else; nil for what comes from now on.
    private let slot: Slot?
    private let ledger: LiveLedger
    private var events: MessageEvents
    private var found = FoundEvents()
    private var known: Set<Int32> = []
    private var connections = Connections()
    private var looked = ContinuousClock.now
    private var heard = ContinuousClock.now
    private var isConnected = false

    /// Partitions that are new are looked for so often, and brokers asked whether they are there.
    private static let pause = Duration.seconds(5)

    init(_ topic: KafkaTopic, of slot: Slot?, into ledger: LiveLedger, links: LinkRules?) {
        (self.topic, self.slot, self.ledger) = (topic, slot, ledger)
        events = MessageEvents(format: topic.format, grammar: topic.grammar, links: links)
    }

    mutating func run(token: TokenBox?, isStopped: @escaping () -> Bool) -> Connections {
        do throws(KafkaError) {
            var reader = try TopicReader(
                of: topic.name, at: topic.access, token: token, isStopped: isStopped)
            while !isStopped() {
                do throws(KafkaError) {
                    try look(&reader)
                    while .now - looked < Self.pause { try take(&reader) }
                } catch {
                    guard error.isTransient else { throw error }
                    connections.fail(.topic(error), isFinal: false)
                    isConnected = false
                }
            }
        } catch {
            if error != .cancelled { connections.fail(.topic(error), isFinal: true) }
        }
        // What came while there was no connection has been read since, if there is one again.
        connections.closed(at: isConnected ? .now : heard)
        return connections
    }

    /// Asks for the partitions. Those that were not there before are read from their beginning.
    private mutating func look(_ reader: inout TopicReader) throws(KafkaError) {
        let partitions = try reader.partitions(until: .now + Self.pause)
        looked = .now
        heard = .now
        let isFirst = known.isEmpty
        var firsts: [Int32: Int64] = [:]
        if isFirst, let start = slot?.start {
            firsts = try reader.offsets(
                at: start.microseconds / 1000, of: partitions, until: .now + Self.pause)
        }
        for partition in partitions where !known.contains(partition) {
            let bounds = try reader.bounds(of: partition, until: .now + Self.pause)
            let first = firsts[partition] ?? bounds.upperBound
            try reader.start(partition, at: isFirst ? first : bounds.lowerBound)
            known.insert(partition)
        }
        if !connections.hasConnected { connections.opened() }
        isConnected = true
    }

    private mutating func take(_ reader: inout TopicReader) throws(KafkaError) {
        for index in 0..<(try reader.fetch(within: 200)) {
            switch reader.arrival(index) {
            case .message(let message)?:
                guard let value = message.value else { continue }
                let mark = MessageMark(time: (message.time ?? 0) * 1000, order: 0)
                events.take(value, mark, to: &found)
            case .gone(let partition)?:
                let bounds = try reader.bounds(of: partition, until: .now + Self.pause)
                try reader.start(partition, at: bounds.lowerBound, isResting: true)
            case .end?, .fault?, nil: continue
            }
        }
        events.flush(to: &found)
        if let slot {
            found.events.removeAll { event in
                guard case .post(let post) = event, let time = post.time else { return false }
                return !slot.contains(Timestamp(microseconds: time))
            }
        }
        ledger.take(found.events)
        found.events.removeAll(keepingCapacity: true)
    }
}

/// Events in their order.
private struct FoundEvents: MessageSink {
    var events: [StreamEvent] = []

    mutating func begin(_: MessageMark) {}
    mutating func record(_ event: consuming StreamEvent) { events.append(event) }
}
