import Kafka
import Support
import Tasks
import Testing

@testable import Snapshot

/// A partition that brokers fail to give in one piece.
@Suite("TopicReader", .enabled(if: KafkaPeer.isThere, "\(KafkaPeer.reason)"))
struct TopicReaderTests {
    /// What came of a partition.
    private struct Reading: Sendable {
        var offsets: [Int64] = []
        var goneCount = 0
    }

    /// Reads partition 0 to this offset; `began` is told when the first messages are there.
    private func read(
        _ peer: KafkaPeer, to end: Int64, began: @escaping @Sendable () -> Void = {}
    ) async throws -> Reading {
        let access = ClusterAccess(brokers: peer.address.split(separator: ",").map(String.init))
        return try await onThread { isStopped throws(KafkaError) in
            let deadline = ContinuousClock.now + .seconds(60)
            var reader = try TopicReader(of: "posts", at: access, isStopped: isStopped)
            _ = try reader.partitions(until: deadline)
            try reader.start(0, at: 0)
            var reading = Reading()
            while reading.offsets.last != end - 1, .now < deadline {
                for index in 0..<(try reader.fetch(within: 100)) {
                    switch reader.arrival(index) {
                    case .message(let message)?:
                        if reading.offsets.isEmpty { began() }
                        reading.offsets.append(message.offset)
                    case .gone?:
                        reading.goneCount += 1
                        try reader.start(0, at: (reading.offsets.last ?? -1) + 1)
                    case .end?, .fault?, nil: continue
                    }
                }
            }
            return reading
        }
    }

    /// Codes of Kafka: NOT_LEADER_OR_FOLLOWER, LEADER_NOT_AVAILABLE, REQUEST_TIMED_OUT, BROKER_NOT_AVAILABLE,
    /// KAFKA_STORAGE_ERROR, FENCED_LEADER_EPOCH, and a connection that is cut off.
    @Test(arguments: [6, 5, 7, 8, 56, 74, -195])
    func `an error in the middle loses and repeats nothing`(code: Int) async throws {
        try await withKafka("mock.py") { peer in
            try await peer.create("posts", partitions: 1)
            try await peer.order("send", "posts", 0, 200, 20)
            try await peer.order("fail", 1, [0, 0, 0, code, 0, 0, code, code])
            let reading = try await read(peer, to: 200)
            #expect(reading.offsets == Array(0..<200))
            #expect(reading.goneCount == 0)
        }
    }

    @Test func `an offset that is out of range is told once, and the rest is read`() async throws {
        try await withKafka("mock.py") { peer in
            try await peer.create("posts", partitions: 1)
            try await peer.order("send", "posts", 0, 200, 20)
            try await peer.order("fail", 1, [0, 0, 0, 1])
            let reading = try await read(peer, to: 200)
            #expect(reading.offsets == Array(0..<200))
            #expect(reading.goneCount == 1)
        }
    }

    @Test(arguments: [false, true])
    func `another leader goes on where the last one stood`(isDown: Bool) async throws {
        try await withKafka("mock.py") { peer in
            try await peer.create("posts", partitions: 1)
            try await peer.order("lead", "posts", 0, 1)
            try await peer.order("send", "posts", 0, 400, 20)
            try await peer.order("pause", 20)
            let (began, told) = AsyncStream<Void>.makeStream()
            async let reading = read(peer, to: 400) { told.finish() }
            for await _ in began {}
            if isDown { try await peer.order("down", 1) }
            try await peer.order("lead", "posts", 0, 2)
            #expect(try await reading.offsets == Array(0..<400))
        }
    }

    /// The broker answers each fetch with all that it has: without the gate nothing would be left to read.
    @Test func `a broker that is killed in the middle is waited for, and goes on`() async throws {
        try await withKafka { peer in
            let filler = String(repeating: "tide ", count: 400)
            try await peer.create("posts", partitions: 1)
            for step in 0..<8 {
                let rows = (0..<1000).map { KafkaPeer.Message(Int64(step * 1000 + $0), filler) }
                try await peer.send(rows, to: "posts", partition: 0)
            }
            let (began, told) = AsyncStream<Void>.makeStream()
            async let reading = read(peer, to: 8000) { told.finish() }
            for await _ in began {}
            try await peer.order("kill")
            try await peer.order("start")
            #expect(try await reading.offsets == Array(0..<8000))
        }
    }

    /// The broker answers at once, whatever a fetch says of waiting.
    @Test(.timeLimit(.minutes(10)))
    func `a partition that has no more is asked for more a few times a second`() async throws {
        try await withKafka { peer in
            try await peer.create("posts", partitions: 1)
            try await peer.send([.init(1, "first")], to: "posts", partition: 0)
            try await withTemporaryFolder { folder in
                let file = "\(folder)/fetches"
                try await withPeer("gate.py", [peer.address, "--count", file]) { port in
                    let access = ClusterAccess(brokers: ["127.0.0.1:\(port)"])
                    let (began, told) = AsyncStream<Void>.makeStream()
                    async let offsets = onThread { isStopped throws(KafkaError) in
                        var reader = try TopicReader(of: "posts", at: access, isStopped: isStopped)
                        _ = try reader.partitions(until: .now + .seconds(60))
                        try reader.start(0, at: 0)
                        var (offsets, endCount) = ([Int64](), 0)
                        while offsets.count < 2 {
                            for index in 0..<(try reader.fetch(within: 100)) {
                                switch reader.arrival(index) {
                                case .message(let message)?: offsets.append(message.offset)
                                case .end?: endCount += 1
                                case .gone?, .fault?, nil: continue
                                }
                            }
                            // It is told of again each time that it is asked.
                            if endCount == 10 { told.finish() }
                        }
                        return offsets
                    }
                    for await _ in began {}
                    let fetchCount = text(file).utf8.count
                    #expect((1...1000).contains(fetchCount), "\(fetchCount) fetches")
                    try await peer.send([.init(2, "second")], to: "posts", partition: 0)
                    #expect(try await offsets == [0, 1])
                }
            }
        }
    }

    @Test func `bytes without end that are none of Kafka's are one sentence`() async throws {
        try await withKafka("mock.py") { peer in
            let address = try await peer.order("garbage")
            let access = ClusterAccess(brokers: [address])
            await #expect {
                try await onThread { isStopped throws(KafkaError) in
                    _ = try TopicReader(of: "posts", at: access, isStopped: isStopped)
                        .partitions(until: .now + .seconds(2))
                }
            } throws: { error in
                guard case .unreachable(address, _)? = error as? KafkaError else { return false }
                return true
            }
        }
    }
}
