import Foundation
import Support
import Synchronization
import Tasks
import Testing
import Transport

@testable import AWS

/// What is tried again, and for how long.
@Suite struct S3RetryTests {
    @Test(arguments: [
        S3Script.answer(500), S3Script.answer(503), S3Script.error(503, "SlowDown"),
        S3Script.error(500, "InternalError"),
        S3Script.error(200, "InternalError"),
        S3Script.error(400, "RequestTimeout"), S3Script.answer(429), [.drop], [.close],
    ])
    func `What fails for a moment is tried again, each time later`(
        _ failure: [ScriptedPart]
    ) async throws {
        try await withScriptedServer([failure, failure, S3Script.answer(200, "", "ETag: \"e\"\n")])
        {
            port in
            let delays = S3Script.Delays()
            let client = try S3Script.client(port, delays: delays)
            #expect(
                try await client.put(ObjectKey("a"), [1, 2], headers: S3Script.headers) == "\"e\"")
            #expect(client.requestCount == 3)
            #expect(delays.all == [.milliseconds(200), .milliseconds(400)])
        }
    }

    @Test func `It is not tried for ever`() async throws {
        try await withScriptedServer([S3Script.error(503, "SlowDown")]) { port in
            let client = try S3Script.client(port)
            let error = await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: S3Script.headers)
            }
            #expect(error?.description == "PutObject on site/a: SlowDown, status 503: it says")
            #expect(client.requestCount == 4)
        }
    }

    @Test func `What fails is tried for as long as the caller bears, and no longer`() async throws {
        try await withScriptedServer([S3Script.error(503, "SlowDown")]) { port in
            let clock = Clock()
            let client = try S3Client(
                bucket: try S3Bucket(
                    name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
                credentials: S3Script.Keys(), http: try HTTPClient(),
                retry: Retry(
                    limit: .seconds(600), now: { clock.now }, sleep: { clock.pass($0) },
                    random: { 1 }))
            await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: S3Script.headers)
            }
            // 0.2, 0.4, … 12.8 seconds, and then 20 each.
            #expect(client.requestCount == 1 + 7 + 28)
            #expect(clock.passed > .seconds(570) && clock.passed <= .seconds(600))
            // The renewal of a mark has less.
            await #expect(throws: AWSError.self) {
                try await client.put(
                    ObjectKey("a"), [], headers: S3Script.headers, within: .seconds(150))
            }
            #expect(clock.passed <= .seconds(750))
        }
    }

    /// Stands still but for what is slept.
    private final class Clock: Sendable {
        private let start = ContinuousClock.now
        private let kept = Mutex(Duration.zero)
        var passed: Duration { kept.withLock { $0 } }
        var now: ContinuousClock.Instant { start + passed }
        func pass(_ duration: Duration) { kept.withLock { $0 += duration } }
    }

    @Test func `Who bears less than an attempt may take bears that alone`() async throws {
        try await withScriptedServer([[.hold]]) { port in
            let client = try S3Client(
                bucket: try S3Bucket(
                    name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
                credentials: S3Script.Keys(), http: try HTTPClient(),
                retry: Retry(limit: .seconds(600)))
            let start = ContinuousClock.now
            await #expect(throws: AWSError.self) {
                try await client.put(
                    ObjectKey("a"), [], headers: S3Script.headers, within: .seconds(1))
            }
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(client.requestCount == 1)
        }
    }

    @Test func `A service that wants to be left alone for a while is`() async throws {
        let busy = S3Script.answer(503, "", "Retry-After: 7\n")
        try await withScriptedServer([busy, S3Script.answer(200, "", "ETag: \"e\"\n")]) { port in
            let delays = S3Script.Delays()
            try await S3Script.client(port, delays: delays).put(
                ObjectKey("a"), [], headers: S3Script.headers)
            #expect(delays.all == [.seconds(7)])
        }
    }

    @Test func `A server that says nothing for too long is asked again`() async throws {
        try await withScriptedServer([[.hold], S3Script.answer(200, "", "ETag: \"e\"\n")]) { port in
            let client = try S3Client(
                bucket: try S3Bucket(
                    name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
                credentials: S3Script.Keys(), http: try HTTPClient(), retry: Retry(sleep: { _ in }),
                silenceLimit: .seconds(1))
            try await client.put(ObjectKey("a"), [], headers: S3Script.headers)
            #expect(client.requestCount == 2)
        }
    }

    @Test(arguments: ["<ListBucketResult><Contents><Key>", "]]>", "", "<html/>"])
    func `A listing that is cut short or none is asked for again`(_ text: String) async throws {
        let good = S3Script.answer(
            200,
            "<ListBucketResult><Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>")
        try await withScriptedServer([S3Script.answer(200, text), good]) { port in
            let objects = try await S3Script.client(port).list(prefix: "").objects
            #expect(objects.map(\.key.text) == ["a"])
        }
    }

    @Test func `A wrong clock is set by the server's, once`() async throws {
        let skewed = S3Script.error(
            403, "RequestTimeTooSkewed", headers: "Date: Sun, 30 Aug 2015 13:36:00 GMT\n")
        try await withScriptedServer([skewed, [.echo]]) { port in
            let delays = S3Script.Delays()
            let client = try S3Script.client(port, delays: delays)
            let sent = try await client.get(ObjectKey("a"), byteLimit: 10_000)
            #expect(
                String(decoding: try #require(sent).bytes, as: UTF8.self).contains(
                    "x-amz-date: 20150830T133600Z"))
            #expect(delays.all.isEmpty)
        }
        try await withScriptedServer([skewed]) { port in
            let client = try S3Script.client(port)
            let error = await #expect(throws: AWSError.self) {
                try await client.get(ObjectKey("a"), byteLimit: 10)
            }
            #expect(
                error?.description
                    == "GetObject on site/a: this machine's clock is wrong by more than 15 minutes; set it"
            )
            #expect(client.requestCount == 2)
        }
    }

    @Test
    func `A signature that does not match is the clock's if that is wrong, else the secret's`()
        async throws
    {
        // The test's clock says 12:36:00.
        for (date, count) in [("12:36:10", 1), ("12:46:00", 2)] {
            let refused = S3Script.error(
                403, "SignatureDoesNotMatch", headers: "Date: Sun, 30 Aug 2015 \(date) GMT\n")
            try await withScriptedServer([refused]) { port in
                let client = try S3Script.client(port)
                let error = await #expect(throws: AWSError.self) {
                    try await client.get(ObjectKey("a"), byteLimit: 10)
                }
                #expect(
                    error?.description
                        == "GetObject on site/a: the signature does not match; check "
                        + "AWS_SECRET_ACCESS_KEY or the profile")
                #expect(client.requestCount == count)
            }
        }
    }
}
