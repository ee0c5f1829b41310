import Foundation
import Glibc
import Support
import Testing

/// A run that is stopped, at any point, repeated, ends as if it had not been stopped.
@Suite(
    "a stopped publish",
    .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
struct StoppedRunTests {
    @Test(
        "stopped again and again, then left alone, it ends as the undisturbed run does",
        arguments: [SIGKILL, SIGTERM])
    func stopped(signal: Int32) async throws {
        try await withS3Peer(buckets: ["site", "other"]) { peer in
            try await withTemporaryFolder { path in
                var calm = try OperatorFolder("\(path)/calm")
                calm.publish(to: peer, bucket: "other")
                let start = ContinuousClock.now
                #expect(try await calm.tidemark("publish").code == 0)
                let whole = ContinuousClock.now - start
                let expected = try calm.state()

                var folder = try OperatorFolder("\(path)/disturbed")
                folder.publish(to: peer)
                // Every run gets a little further than the one before it: from its first moment
                // to its last, in steps that no two machines take alike.
                let steps = 12
                for step in 1...steps {
                    let run = try RunningProgram(
                        ["publish", "--now", OperatorFolder.now], in: folder)
                    try await Task.sleep(for: whole * step / steps)
                    run.send(signal)
                    let end = await run.finish()
                    #expect(end.code == 128 + signal || end.code == 0, "\(end)")
                    let said = "tidemark: stopped by SIGTERM; the next run goes on from here\n"
                    #expect(end.errors == "" || signal == SIGTERM && end.errors == said)
                    // Whatever is there is whole: a site that can be served, or none yet.
                    let site = try folder.state().contents(of: "public")
                    #expect(site.isEmpty || site["index.html"] != nil)
                }
                #expect(
                    try await folder.tidemark("publish")
                        == ProgramRun(code: 0, output: "", errors: ""))
                let state = try folder.state()
                #expect(state.rows() == expected.rows())
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: folder.path)
                        .filter { $0.contains("staging") } == [])
                #expect(
                    Set(state.contents(of: "public").keys)
                        == Set(expected.contents(of: "public").keys))
                #expect(
                    try await BucketState(peer).contents == state.contents(of: "public"))
                let again = try await folder.tidemark("publish", "--verbose")
                #expect(again.errors.contains("site: 0 uploaded (0 bytes), 0 deleted"))
                #expect(try folder.state().changes(since: state) == [])
            }
        }
    }
}
