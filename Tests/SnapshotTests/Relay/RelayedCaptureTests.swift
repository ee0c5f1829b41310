import AWS
import Calendar
import Decode
import Foundation
import Kafka
import Support
import Synchronization
import Tally
import Tasks
import Testing

@testable import Snapshot

/// What a relay makes of a recording, and what is counted of it then.
@Suite("A relayed capture", .enabled(if: KafkaPeer.isThere, "\(KafkaPeer.reason)"))
struct RelayedCaptureTests {
    /// The records that a relay passes on when the recording comes in chunks.
    private static func records(
        of path: String, _ format: PostFormat
    ) async throws
        -> [RelayedRecord]
    {
        let bytes = try await withTemporaryFolder { folder in
            let command = path.hasSuffix(".gz") ? "gzip -dc" : "cat"
            _ = try await ProgramRun.program(
                "/bin/sh", ["-c", "\(command) '\(path)' > plain"], in: folder,
                environment: ["PATH": "/usr/bin:/bin"])
            return Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/plain")))
        }
        var records: [RelayedRecord] = []
        let cutter = RecordCutter(format)
        for start in stride(from: 0, to: bytes.count, by: 50_001) {
            cutter.take(Array(bytes[start..<min(start + 50_001, bytes.count)])) {
                records.append($0)
            }
        }
        cutter.take(nil) { records.append($0) }
        return records
    }

    private static func capture(_ name: String) throws -> (path: String, format: PostFormat) {
        let path = try #require(Repository.sharedData) + "/" + name
        let truth = try CaptureTests.decoder.decode(
            CaptureTests.Truth.self,
            from: Data(contentsOf: URL(fileURLWithPath: path + ".top.json")))
        return (path, try #require(PostFormat(rawValue: truth.format)))
    }

    @Test(
        Repository.needsSharedData(cases: CaptureTests.captures.count),
        arguments: CaptureTests.captures)
    func `gives through a topic what a file of it gives`(name: String) async throws {
        let (path, format) = try Self.capture(name)
        let expected = await StreamFixture.windows(of: path, format)
        let records = try await Self.records(of: path, format)
        try await withKafka { peer in
            try await peer.create("posts")
            let access = ClusterAccess(brokers: [peer.address])
            try await onThread { isStopped throws(any Error) in
                let writer = try TopicWriter(to: "posts", at: access)
                for record in records { try writer.write(record, isStopped: isStopped) }
                let mark = writer.mark()
                while try writer.settled() != mark { writer.flush(within: .seconds(1)) }
            }
            let source = KafkaSource(
                name: "wire", topic: KafkaTopic(name: "posts", access: access, format: format),
                options: .init(settle: 0))
            for window in expected {
                let found = await WindowCollection.of(
                    source, StreamFixture.request(of: window.slot))
                #expect(found.sentence == nil)
                #expect(
                    found.windows.map(StreamFixture.counts) == [StreamFixture.counts(window)])
            }
        }
    }

    @Test(
        Repository.needsSharedData(cases: CaptureTests.captures.count),
        arguments: CaptureTests.captures)
    func `gives through a stream what a file of it gives`(name: String) async throws {
        let (path, format) = try Self.capture(name)
        let expected = await StreamFixture.windows(of: path, format)
        let records = try await Self.records(of: path, format)
        var script = KinesisScript()
        (script.shards, script.own, script.refuse, script.hours) = (3, true, 97, 8760)
        try await withKinesis(script) { peer in
            let stream = RelayStream(to: try StreamFixture.client(of: peer)) { _ in }
            try await stream.delivering {
                for record in records {
                    await stream.room()
                    try stream.write(record) { false }
                }
                let mark = stream.mark()
                while try stream.settled() != mark { await onThread { _ in stream.finish() } }
            }
            for window in expected {
                let found = await WindowCollection.of(
                    StreamFixture.source(peer, format), StreamFixture.request(of: window.slot))
                #expect(found.sentence == nil)
                #expect(
                    found.windows.map(StreamFixture.counts) == [StreamFixture.counts(window)])
            }
        }
    }
}
