import Foundation
import Support
import Testing

/// A stream of Kinesis, from the configuration to the archive.
@Suite("A stream of Kinesis")
struct KinesisStoryTests {
    @Test func `is looked at, read over a reshard, archived once, and verified`() async throws {
        try await withTemporaryFolder { path in
            let recording = "\(Repository.folder)/Tests/Fixtures/EndToEnd/jetstream.ndjson"
            var script = KinesisScript.resharded(recording)
            script.hours = 100
            try await withKinesis(script) { peer in
                var folder = try OperatorFolder(
                    path,
                    """
                    sources:
                      wire: { kind: kinesis, stream: posts, format: jetstream, lookBack: 200h }
                      file: { kind: file, paths: [jetstream.ndjson], format: jetstream }
                    """)
                folder.environment = peer.environment
                let doctor = try await folder.tidemark("doctor")
                #expect(
                    doctor.output.contains(
                        "ok     sources.wire: stream posts: 3 open shards, keeps 100 h, less than lookBack (200 h): a slot "
                            + "that is missed for longer is lost\n"), "\(doctor.output)")
                let slot = "2026-11-21T00:00:00Z"
                let run = try await folder.tidemark("snapshot", "--slot", slot)
                #expect(run.code == 0, "\(run.errors)")
                let again = try await folder.tidemark("snapshot", "--slot", slot)
                #expect(again.code == 0, "\(again.errors)")
                let lines = try String(
                    contentsOfFile: path + "/archive/top/2026/2026-11-21.csv", encoding: .utf8
                ).split(separator: "\n")
                func rows(of source: String) -> [String] {
                    lines.filter { $0.hasPrefix("\(slot),\(source),") }
                        .map { String($0.dropFirst(slot.count + 1 + source.count)) }
                }
                #expect(rows(of: "wire") == rows(of: "file"))
                #expect(!rows(of: "wire").isEmpty)
                let verify = try await folder.tidemark("verify")
                #expect(verify.code == 0, "\(verify.errors)")
            }
        }
    }

    @Test func `that is not there ends with one sentence, and leaves the slot due`() async throws {
        try await withTemporaryFolder { path in
            try await withKinesis { peer in
                var folder = try OperatorFolder(
                    path,
                    "sources:\n  wire: { kind: kinesis, stream: pots, format: v1 }")
                folder.environment = peer.environment
                let run = try await folder.tidemark("snapshot")
                #expect(run.code == 1)
                #expect(
                    run.errors
                        == "tidemark: wire: DescribeStreamSummary on stream pots: it is not there in eu-west-1; create it, "
                        + "or correct its name and region\n")
                #expect(run.output == "")
            }
        }
    }
}
