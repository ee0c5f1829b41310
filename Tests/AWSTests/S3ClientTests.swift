import Calendar
import Foundation
import Support
import Synchronization
import Tasks
import Testing
import Text
import Transport

@testable import AWS

/// Against a server that answers by script, however wrong.
@Suite struct S3ClientTests {
    private struct Keys: CredentialSource {
        var name: String { "the test" }
        func credentials() -> Credentials? {
            Credentials(
                accessKeyID: "ID", secretAccessKey: Secret("KEY"), sessionToken: Secret("TOKEN"))
        }
    }

    private static func answer(
        _ status: Int, _ body: String = "", _ headers: String = ""
    ) -> [ScriptedPart] {
        ["HTTP/1.1 \(status) X\nContent-Length: \(body.utf8.count)\n\(headers)\n\(body)"]
    }

    private static func error(
        _ status: Int, _ code: String, _ more: String = "", headers: String = ""
    ) -> [ScriptedPart] {
        answer(
            status, "<Error><Code>\(code)</Code><Message>it says</Message>\(more)</Error>", headers)
    }

    private final class Delays: Sendable {
        private let kept = Mutex<[Duration]>([])
        var all: [Duration] { kept.withLock { $0 } }
        func add(_ delay: Duration) { kept.withLock { $0.append(delay) } }
    }

    private func client(
        _ port: Int, delays: Delays = Delays(),
        now: Timestamp = Timestamp(secondsSinceEpoch: 1_440_938_160)
    ) throws -> S3Client {
        try S3Client(
            bucket: try S3Bucket(
                name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
            credentials: Keys(), http: try HTTPClient(),
            retry: Retry(attempts: 4, sleep: { delays.add($0) }, random: { 1 }), now: { now })
    }

    private let headers = ObjectHeaders(contentType: "text/csv", cacheControl: "no-cache")

    @Test func `A put sends what it was given, signed`() async throws {
        try await withScriptedServer([[.echo]]) { port in
            let client = try client(port)
            let sent = try await client.get(ObjectKey("a b/タ"), byteLimit: 10_000)
            let lines = String(decoding: try #require(sent).bytes, as: UTF8.self).components(
                separatedBy: "\r\n")
            #expect(lines.first == "GET /site/a%20b/%E3%82%BF HTTP/1.1")
            #expect(lines.contains("Host: 127.0.0.1:\(port)"))
            #expect(lines.contains("x-amz-date: 20150830T123600Z"))
            #expect(lines.contains("x-amz-security-token: TOKEN"))
            #expect(
                lines.contains {
                    $0.hasPrefix(
                        "Authorization: AWS4-HMAC-SHA256 Credential=ID/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, "
                    )
                })
        }
    }

    @Test(arguments: [
        answer(500), answer(503), error(503, "SlowDown"), error(500, "InternalError"),
        error(200, "InternalError"),
        error(400, "RequestTimeout"), answer(429), [.drop], [.close],
    ])
    func `What fails for a moment is tried again, each time later`(
        _ failure: [ScriptedPart]
    ) async throws {
        try await withScriptedServer([failure, failure, Self.answer(200, "", "ETag: \"e\"\n")]) {
            port in
            let delays = Delays()
            let client = try client(port, delays: delays)
            #expect(
                try await client.put(ObjectKey("a"), [1, 2], headers: headers) == "\"e\"")
            #expect(client.requestCount == 3)
            #expect(delays.all == [.milliseconds(200), .milliseconds(400)])
        }
    }

    @Test func `It is not tried for ever`() async throws {
        try await withScriptedServer([Self.error(503, "SlowDown")]) { port in
            let client = try client(port)
            let error = await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: headers)
            }
            #expect(error?.description == "PutObject on site/a: SlowDown, status 503: it says")
            #expect(client.requestCount == 4)
        }
    }

    @Test(arguments: [
        (error(403, "AccessDenied"), "the credentials need s3:PutObject on arn:aws:s3:::site/*"),
        (answer(403), "access denied (status 403)"),
        (
            error(404, "NoSuchBucket"),
            "there is no such bucket; create it or correct publish.bucket"
        ),
        (error(403, "SignatureDoesNotMatch"), "check AWS_SECRET_ACCESS_KEY"),
        (error(403, "InvalidAccessKeyId"), "the access key id is not known there"),
        (error(400, "ExpiredToken"), "the session token is not valid"),
        (
            error(301, "PermanentRedirect"),
            "the bucket is in another region or at another address (PermanentRedirect); check publish.region"
        ),
        (error(501, "NotImplemented"), "NotImplemented, status 501: it says"),
        (answer(302, "", "Location: http://127.0.0.1:1/\n"), "status 302"),
        (error(400, "\u{1B}[2J\u{202E}"), "status 400"),
        (answer(418, "<html>\u{1B}[2J"), "status 418"),
    ])
    func `What fails for good is one sentence that says what to do`(
        _ failure: [ScriptedPart], sentence: String
    ) async throws {
        try await withScriptedServer([failure]) { port in
            let client = try client(port)
            let error = await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: headers)
            }
            let said = error?.description ?? ""
            #expect(said.hasPrefix("PutObject on site/a: ") && said.contains(sentence), "\(said)")
            #expect(!said.contains("\n") && !said.contains("\u{1B}") && !said.contains("\u{202E}"))
            #expect(client.requestCount == 1)
        }
    }

    @Test func `A wrong clock is set by the server's, once`() async throws {
        let skewed = Self.error(
            403, "RequestTimeTooSkewed", headers: "Date: Sun, 30 Aug 2015 13:36:00 GMT\n")
        try await withScriptedServer([skewed, [.echo]]) { port in
            let delays = Delays()
            let client = try client(port, delays: delays)
            let sent = try await client.get(ObjectKey("a"), byteLimit: 10_000)
            #expect(
                String(decoding: try #require(sent).bytes, as: UTF8.self).contains(
                    "x-amz-date: 20150830T133600Z"))
            #expect(delays.all.isEmpty)
        }
        try await withScriptedServer([skewed]) { port in
            let client = try client(port)
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
            let refused = Self.error(
                403, "SignatureDoesNotMatch", headers: "Date: Sun, 30 Aug 2015 \(date) GMT\n")
            try await withScriptedServer([refused]) { port in
                let client = try client(port)
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

    @Test(arguments: [
        error(301, "PermanentRedirect", headers: "x-amz-bucket-region: eu-west-1\n"),
        error(400, "AuthorizationHeaderMalformed", "<Region>eu-west-1</Region>"),
        answer(301, "", "x-amz-bucket-region: eu-west-1\n"),
    ])
    func `A bucket in another region is followed there, once`(
        _ elsewhere: [ScriptedPart]
    ) async throws {
        try await withScriptedServer([elsewhere, [.echo]]) { port in
            let delays = Delays()
            let client = try client(port, delays: delays)
            let sent = try await client.get(ObjectKey("a"), byteLimit: 10_000)
            #expect(
                String(decoding: try #require(sent).bytes, as: UTF8.self).contains(
                    "/20150830/eu-west-1/s3/aws4_request"))
            #expect(client.bucket.region == "eu-west-1")
            #expect(delays.all.isEmpty)
        }
        let back = Self.error(400, "AuthorizationHeaderMalformed", "<Region>us-east-1</Region>")
        try await withScriptedServer([elsewhere, back]) { port in
            let client = try client(port)
            let error = await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: headers)
            }
            #expect(
                error?.description
                    == "PutObject on site/a: the bucket is in us-east-1, not in eu-west-1; set publish.region"
            )
            #expect(client.requestCount == 2)
        }
    }

    @Test func `What fails is tried for as long as the caller bears, and no longer`() async throws {
        try await withScriptedServer([Self.error(503, "SlowDown")]) { port in
            let clock = Clock()
            let client = try S3Client(
                bucket: try S3Bucket(
                    name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
                credentials: Keys(), http: try HTTPClient(),
                retry: Retry(
                    limit: .seconds(600), now: { clock.now }, sleep: { clock.pass($0) },
                    random: { 1 }))
            await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: headers)
            }
            // 0.2, 0.4, … 12.8 seconds, and then 20 each.
            #expect(client.requestCount == 1 + 7 + 28)
            #expect(clock.passed > .seconds(570) && clock.passed <= .seconds(600))
            // The renewal of a mark has less.
            await #expect(throws: AWSError.self) {
                try await client.put(
                    ObjectKey("a"), [], headers: headers, within: .seconds(150))
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
                credentials: Keys(), http: try HTTPClient(), retry: Retry(limit: .seconds(600)))
            let start = ContinuousClock.now
            await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: headers, within: .seconds(1))
            }
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(client.requestCount == 1)
        }
    }

    @Test func `A service that wants to be left alone for a while is`() async throws {
        let busy = Self.answer(503, "", "Retry-After: 7\n")
        try await withScriptedServer([busy, Self.answer(200, "", "ETag: \"e\"\n")]) { port in
            let delays = Delays()
            try await client(port, delays: delays).put(ObjectKey("a"), [], headers: headers)
            #expect(delays.all == [.seconds(7)])
        }
    }

    @Test func `A server that says nothing for too long is asked again`() async throws {
        try await withScriptedServer([[.hold], Self.answer(200, "", "ETag: \"e\"\n")]) { port in
            let client = try S3Client(
                bucket: try S3Bucket(
                    name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
                credentials: Keys(), http: try HTTPClient(), retry: Retry(sleep: { _ in }),
                silenceLimit: .seconds(1))
            try await client.put(ObjectKey("a"), [], headers: headers)
            #expect(client.requestCount == 2)
        }
    }

    @Test func `A put without an ETag was none`() async throws {
        let portal = Self.answer(200, "<html>Please log in</html>")
        try await withScriptedServer([portal, Self.answer(200, "", "ETag: \"e\"\n")]) { port in
            let client = try client(port)
            #expect(try await client.put(ObjectKey("a"), [], headers: headers) == "\"e\"")
            // What is there under that name is another object.
            #expect(client.requestCount == 3)
        }
    }

    @Test(arguments: ["<ListBucketResult><Contents><Key>", "]]>", "", "<html/>"])
    func `A listing that is cut short or none is asked for again`(_ text: String) async throws {
        let good = Self.answer(
            200,
            "<ListBucketResult><Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>")
        try await withScriptedServer([Self.answer(200, text), good]) { port in
            let objects = try await client(port).list(prefix: "").objects
            #expect(objects.map(\.key.text) == ["a"])
        }
    }

    @Test func `Where there is no deletion of many, each key is deleted`() async throws {
        let answers = [
            Self.error(501, "NotImplemented"), Self.answer(204), Self.error(403, "AccessDenied"),
            Self.error(404, "NoSuchKey"),
        ]
        try await withScriptedServer(answers) { port in
            let client = try client(port)
            let refusals = try await client.delete(["a", "b", "c"].map { try ObjectKey($0) })
            #expect(refusals.keys.map(\.text) == ["b"])
            #expect(client.requestCount == 4)
        }
    }

    @Test(arguments: [
        [answer(200)], [answer(204)], [answer(200, "\n")],
        [
            answer(
                200,
                "<DeleteResult><Error><Key>a</Key><Code>NoSuchKey</Code></Error></DeleteResult>")
        ],
        [error(400, "MalformedXML"), answer(204)], [error(405, "MethodNotAllowed"), answer(204)],
        [error(404, "NoSuchKey"), answer(204)],
        [
            answer(200, "<html>"), answer(200, "<html>"), answer(200, "<html>"),
            answer(200, "<html>"), answer(204),
        ],
    ])
    func `However kin of S3 say that it is gone, it is`(_ answers: [[ScriptedPart]]) async throws {
        try await withScriptedServer(answers) { port in
            let client = try client(port)
            #expect(try await client.delete([ObjectKey("a")]) == [:])
            #expect(client.requestCount == answers.count)
        }
    }

    @Test(arguments: [
        ("\"abc\"", "\"abc\""), ("W/\"abc\"", "\"abc\""), ("\"abc-gzip\"", "\"abc\""),
        ("W/\"abc--gzip\"", "\"abc\""), ("\"abc;br\"", "\"abc\""), ("abc", "abc"),
        ("\"abc-3\"", "\"abc-3\""), ("\"gzip\"", "\"gzip\""),
    ])
    func `The ETag of a store is found in what stands between makes of it`(
        _ sent: String, etag: String
    ) async throws {
        try await withScriptedServer([Self.answer(200, "x", "ETag: \(sent)\n")]) { port in
            let object = try await client(port).get(ObjectKey("a"), byteLimit: 10)
            #expect(object?.etag == etag)
        }
    }

    @Test(arguments: ["", "ETag: \n", "ETag: \"\"\n", "ETag: W/\"\"\n"])
    func `An object without an ETag is none, so that no condition is empty`(
        _ header: String
    ) async throws {
        try await withScriptedServer([Self.answer(200, "x", header)]) { port in
            let error = await #expect(throws: AWSError.self) {
                try await client(port).get(ObjectKey("a"), byteLimit: 10)
            }
            #expect(error?.description.contains("has no ETag") == true)
        }
    }

    @Test func `An upload whose answer has no ETag is looked at, and counts if it is there`()
        async throws
    {
        // MD5 of "x".
        let etag = "\"9dd4e461268c8034f5c8564e155c67a6\""
        let found = Self.answer(200, "", "ETag: \(etag)\n")
        let answers = [Self.answer(200, "", ""), found]
        try await withScriptedServer(answers) { port async throws in
            #expect(
                try await client(port).put(
                    ObjectKey("a"), Array("x".utf8),
                    headers: ObjectHeaders(contentType: "a/b", cacheControl: ""))
                    == etag)
        }
        // Another object has that name.
        try await withScriptedServer([
            Self.answer(200, "", ""), Self.answer(200, "", "ETag: \"1\"\n"),
            Self.answer(200, "", ""),
        ]) {
            port async throws in
            let error = await #expect(throws: AWSError.self) {
                try await client(port).put(
                    ObjectKey("a"), Array("x".utf8),
                    headers: ObjectHeaders(contentType: "a/b", cacheControl: ""))
            }
            #expect(error?.description.contains("has no ETag") == true)
        }
    }

    @Test func `A digest that is wanted is sent from then on`() async throws {
        let wanted = Self.answer(
            400,
            "<Error><Code>InvalidRequest</Code><Message>Content-MD5 OR x-amz-checksum- HTTP header is "
                + "required for Put Object requests with Object Lock parameters</Message></Error>")
        let good = Self.answer(200, "", "ETag: \"e\"\n")
        try await withScriptedServer([wanted, good, good, [.echo]]) { port in
            let client = try client(port)
            try await client.put(ObjectKey("a"), [1], headers: headers)
            try await client.put(ObjectKey("a"), [1], headers: headers)
            #expect(client.requestCount == 3)
        }
        try await withScriptedServer([wanted, wanted, [.hold]]) { port in
            let client = try S3Client(
                bucket: try S3Bucket(
                    name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
                credentials: Keys(), http: try HTTPClient(), retry: Retry(limit: .seconds(1)))
            await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [1], headers: headers)
            }
            // By MD5, and by SHA-256 too.
            #expect(client.requestCount == 3)
        }
    }

    @Test func `The path of an endpoint stands before all others, and is signed`() async throws {
        try await withScriptedServer([[.echo]]) { port in
            let client = try S3Client(
                bucket: try S3Bucket(
                    name: "site", region: "us-east-1",
                    endpoint: "http://127.0.0.1:\(port)/storage%20room/v1/"),
                credentials: Keys(), http: try HTTPClient(), retry: Retry(attempts: 1),
                now: { Timestamp(secondsSinceEpoch: 1_440_938_160) })
            let sent = try await client.get(ObjectKey("a b"), byteLimit: 10_000)
            let lines = String(decoding: try #require(sent).bytes, as: UTF8.self).components(
                separatedBy: "\r\n")
            #expect(lines.first == "GET /storage%20room/v1/site/a%20b HTTP/1.1")
            let signed = Signer(
                credentials: try #require(Keys().credentials()), region: "us-east-1",
                service: "s3"
            ).sign(
                method: "GET", path: "/storage room/v1/site/a b", query: [],
                headers: ["Host": "127.0.0.1:\(port)"],
                payload: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                at: Timestamp(secondsSinceEpoch: 1_440_938_160))
            #expect(lines.contains("Authorization: \(signed["Authorization"] ?? "")"))
        }
    }

    @Test func `What is not there is nil; a bucket that is not there is an error`() async throws {
        try await withScriptedServer([
            Self.error(404, "NoSuchKey"), Self.answer(404), Self.error(404, "NoSuchBucket"),
        ]) { port in
            let client = try client(port)
            #expect(try await client.get(ObjectKey("a"), byteLimit: 10) == nil)
            #expect(try await client.head(ObjectKey("a")) == nil)
            await #expect(throws: AWSError.self) {
                try await client.get(ObjectKey("a"), byteLimit: 10)
            }
        }
    }

    @Test func `A refusal of HEAD, which has no reason, is asked for one`() async throws {
        try await withScriptedServer([
            ["HTTP/1.1 403 X\nContent-Length: 9\n\n"], Self.error(403, "InvalidAccessKeyId"),
        ]) { port in
            let error = await #expect(throws: AWSError.self) {
                try await client(port).head(ObjectKey("a"))
            }
            #expect(
                error?.description == "HeadObject on site/a: the access key id is not known there; "
                    + "check AWS_ACCESS_KEY_ID or the profile")
        }
    }

    @Test func `An object is its bytes, even if they read like an error`() async throws {
        let text = "<Error><Code>InternalError</Code></Error>"
        try await withScriptedServer([Self.answer(200, text, "ETag: \"e\"\n")]) { port in
            let object = try await client(port).get(ObjectKey("a"), byteLimit: 100)
            #expect(object?.bytes == Array(text.utf8))
        }
    }

    @Test func `A listing goes on where the last page ended, but not in circles`() async throws {
        func page(_ key: String, _ next: String?) -> [ScriptedPart] {
            let more =
                next.map {
                    "<IsTruncated>true</IsTruncated><NextContinuationToken>\($0)</NextContinuationToken>"
                } ?? ""
            return Self.answer(
                200,
                "<ListBucketResult><Contents><Key>\(key)</Key><Size>1</Size></Contents>\(more)</ListBucketResult>"
            )
        }
        try await withScriptedServer([page("a", "1"), page("b", "2"), page("c", nil)]) { port in
            let objects = try await client(port).list(prefix: "").objects
            #expect(objects.map(\.key.text) == ["a", "b", "c"])
        }
        try await withScriptedServer([page("a", "1"), page("b", "2"), page("c", "1")]) { port in
            let client = try client(port)
            await #expect(throws: AWSError.self) { try await client.list(prefix: "") }
            #expect(client.requestCount == 3)
        }
    }

    @Test func `A thousand keys go in one deletion, the next in another`() async throws {
        let failed =
            "<DeleteResult><Error><Key>k7</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"
        try await withScriptedServer([
            Self.answer(200, failed), Self.answer(200, "<DeleteResult/>"),
        ]) { port in
            let client = try client(port)
            let refusals = try await client.delete((0..<1001).map { try ObjectKey("k\($0)") })
            #expect(refusals.keys.map(\.text) == ["k7"])
            #expect(refusals.values.first?.description.contains("s3:DeleteObject") == true)
            #expect(client.requestCount == 2)
        }
    }
}
