import AWS
import Support
import Tasks
import Testing
import Transport

@testable import Snapshot

@Suite struct PrivatePrefixTests {
    @Test func `A right that is renewed is nobody else's, however long a count takes`() async throws
    {
        try await withTemporaryFolder { path in
            try await withPeer("faults.py") { port in
                let (alarms, alarm) = AsyncStream<Void>.makeStream()
                let (naps, nap) = AsyncStream<Void>.makeStream()
                let keys = CredentialChain(
                    environment: ["AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "KEY"],
                    home: path)
                let retry = Retry(attempts: 3, sleep: { _ in })
                let bucket = try S3Bucket(
                    name: "parts", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)")
                func place(_ owner: String) -> PrivatePrefix {
                    PrivatePrefix(
                        "s3://parts/private", prefix: "private/", owner: owner,
                        mirror: "\(path)/\(owner)",
                        sleep: { _ in
                            nap.yield()
                            for await _ in alarms { return }
                            throw CancellationError()
                        }
                    ) {
                        (
                            try S3Client(
                                bucket: bucket, credentials: keys, retry: retry, maxActive: 2),
                            try BucketClient(bucket: bucket, credentials: keys, retry: retry)
                        )
                    }
                }
                func wait(_ seconds: Int) async throws {
                    let address = try Address("http://127.0.0.1:\(port)/-/older")
                    _ = try await HTTPClient().send(
                        Request(.post, address, body: bytes("{\"seconds\":\(seconds)}")))
                }
                let (one, other) = (place("one"), place("other"))
                #expect(try await one.begin())
                async let keeping: Void = one.keep()
                var asleep = naps.makeAsyncIterator()
                await asleep.next()
                for _ in 0..<3 {
                    try await wait(PrefixRight.duration - 10)
                    #expect(try await !other.begin())
                    alarm.yield()
                    await asleep.next()
                }
                try await one.claim()

                // It sleeps too long.
                try await wait(PrefixRight.duration + 10)
                #expect(try await other.begin())
                await #expect(
                    throws: SnapshotError.overtaken(place: "s3://parts/private", minutes: 15)
                ) {
                    try await one.claim()
                }
                alarm.yield()
                await asleep.next()
                await one.end()
                #expect(try await !place("third").begin())
                try await other.claim()
                await other.end()
                #expect(try await place("third").begin())
                alarm.finish()
                await keeping
            }
        }
    }
}
