import Calendar
import Foundation
import Support
import Tasks
import Testing
import Transport

@testable import AWS

/// Servers that do otherwise than S3, and what stands between them and us.
@Suite struct S3KinTests {
    @Test func `Where there is no deletion of many, each key is deleted`() async throws {
        let answers = [
            S3Script.error(501, "NotImplemented"), S3Script.answer(204),
            S3Script.error(403, "AccessDenied"),
            S3Script.error(404, "NoSuchKey"),
        ]
        try await withScriptedServer(answers) { port in
            let client = try S3Script.client(port)
            let refusals = try await client.delete(["a", "b", "c"].map { try ObjectKey($0) })
            #expect(refusals.keys.map(\.text) == ["b"])
            #expect(client.requestCount == 4)
        }
    }

    @Test(arguments: [
        [S3Script.answer(200)], [S3Script.answer(204)], [S3Script.answer(200, "\n")],
        [
            S3Script.answer(
                200,
                "<DeleteResult><Error><Key>a</Key><Code>NoSuchKey</Code></Error></DeleteResult>")
        ],
        [S3Script.error(400, "MalformedXML"), S3Script.answer(204)],
        [S3Script.error(405, "MethodNotAllowed"), S3Script.answer(204)],
        [S3Script.error(404, "NoSuchKey"), S3Script.answer(204)],
        [
            S3Script.answer(200, "<html>"), S3Script.answer(200, "<html>"),
            S3Script.answer(200, "<html>"),
            S3Script.answer(200, "<html>"), S3Script.answer(204),
        ],
    ])
    func `However kin of S3 say that it is gone, it is`(_ answers: [[ScriptedPart]]) async throws {
        try await withScriptedServer(answers) { port in
            let client = try S3Script.client(port)
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
        try await withScriptedServer([S3Script.answer(200, "x", "ETag: \(sent)\n")]) { port in
            let object = try await S3Script.client(port).get(ObjectKey("a"), byteLimit: 10)
            #expect(object?.etag == etag)
        }
    }

    @Test(arguments: ["", "ETag: \n", "ETag: \"\"\n", "ETag: W/\"\"\n"])
    func `An object without an ETag is none, so that no condition is empty`(
        _ header: String
    ) async throws {
        try await withScriptedServer([S3Script.answer(200, "x", header)]) { port in
            let error = await #expect(throws: AWSError.self) {
                try await S3Script.client(port).get(ObjectKey("a"), byteLimit: 10)
            }
            #expect(error?.description.contains("has no ETag") == true)
        }
    }

    @Test func `An upload whose answer has no ETag is looked at, and counts if it is there`()
        async throws
    {
        // MD5 of "x".
        let etag = "\"9dd4e461268c8034f5c8564e155c67a6\""
        let found = S3Script.answer(200, "", "ETag: \(etag)\n")
        let answers = [S3Script.answer(200, "", ""), found]
        try await withScriptedServer(answers) { port async throws in
            #expect(
                try await S3Script.client(port).put(
                    ObjectKey("a"), Array("x".utf8),
                    headers: ObjectHeaders(contentType: "a/b", cacheControl: ""))
                    == etag)
        }
        // Another object has that name.
        try await withScriptedServer([
            S3Script.answer(200, "", ""), S3Script.answer(200, "", "ETag: \"1\"\n"),
            S3Script.answer(200, "", ""),
        ]) {
            port async throws in
            let error = await #expect(throws: AWSError.self) {
                try await S3Script.client(port).put(
                    ObjectKey("a"), Array("x".utf8),
                    headers: ObjectHeaders(contentType: "a/b", cacheControl: ""))
            }
            #expect(error?.description.contains("has no ETag") == true)
        }
    }

    @Test func `A put without an ETag was none`() async throws {
        let portal = S3Script.answer(200, "<html>Please log in</html>")
        try await withScriptedServer([portal, S3Script.answer(200, "", "ETag: \"e\"\n")]) { port in
            let client = try S3Script.client(port)
            #expect(try await client.put(ObjectKey("a"), [], headers: S3Script.headers) == "\"e\"")
            // What is there under that name is another object.
            #expect(client.requestCount == 3)
        }
    }

    @Test func `A digest that is wanted is sent from then on`() async throws {
        let wanted = S3Script.answer(
            400,
            "<Error><Code>InvalidRequest</Code><Message>Content-MD5 OR x-amz-checksum- HTTP header is "
                + "required for Put Object requests with Object Lock parameters</Message></Error>")
        let good = S3Script.answer(200, "", "ETag: \"e\"\n")
        try await withScriptedServer([wanted, good, good, [.echo]]) { port in
            let client = try S3Script.client(port)
            try await client.put(ObjectKey("a"), [1], headers: S3Script.headers)
            try await client.put(ObjectKey("a"), [1], headers: S3Script.headers)
            #expect(client.requestCount == 3)
        }
        try await withScriptedServer([wanted]) { port in
            let client = try S3Script.client(port)
            await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [1], headers: S3Script.headers)
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
                credentials: S3Script.Keys(), http: try HTTPClient(), retry: Retry(attempts: 1),
                now: { Timestamp(secondsSinceEpoch: 1_440_938_160) })
            let sent = try await client.get(ObjectKey("a b"), byteLimit: 10_000)
            let lines = String(decoding: try #require(sent).bytes, as: UTF8.self).components(
                separatedBy: "\r\n")
            #expect(lines.first == "GET /storage%20room/v1/site/a%20b HTTP/1.1")
            let signed = Signer(
                credentials: try #require(S3Script.Keys().credentials()), region: "us-east-1",
                service: "s3"
            ).sign(
                method: "GET", path: "/storage room/v1/site/a b", query: [],
                headers: ["Host": "127.0.0.1:\(port)"],
                payload: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                at: Timestamp(secondsSinceEpoch: 1_440_938_160))
            #expect(lines.contains("Authorization: \(signed["Authorization"] ?? "")"))
        }
    }
}
