import Foundation
import Support
import Testing
import Transport

@testable import AWS

/// Against a server that answers by script.
@Suite struct S3ClientTests {
    @Test func `A put sends what it was given, signed`() async throws {
        try await withScriptedServer([[.echo]]) { port in
            let client = try S3Script.client(port)
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
        (
            S3Script.error(403, "AccessDenied"),
            "the credentials need s3:PutObject on arn:aws:s3:::site/*"
        ),
        (S3Script.answer(403), "access denied (status 403)"),
        (
            S3Script.error(404, "NoSuchBucket"),
            "there is no such bucket; create it or correct publish.bucket"
        ),
        (S3Script.error(403, "SignatureDoesNotMatch"), "check AWS_SECRET_ACCESS_KEY"),
        (S3Script.error(403, "InvalidAccessKeyId"), "the access key id is not known there"),
        (S3Script.error(400, "ExpiredToken"), "the session token is not valid"),
        (
            S3Script.error(301, "PermanentRedirect"),
            "the bucket is in another region or at another address (PermanentRedirect); check publish.region"
        ),
        (S3Script.error(501, "NotImplemented"), "NotImplemented, status 501: it says"),
        (S3Script.answer(302, "", "Location: http://127.0.0.1:1/\n"), "status 302"),
        (S3Script.error(400, "\u{1B}[2J\u{202E}"), "status 400"),
        (S3Script.answer(418, "<html>\u{1B}[2J"), "status 418"),
    ])
    func `What fails for good is one sentence that says what to do`(
        _ failure: [ScriptedPart], sentence: String
    ) async throws {
        try await withScriptedServer([failure]) { port in
            let client = try S3Script.client(port)
            let error = await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: S3Script.headers)
            }
            let said = error?.description ?? ""
            #expect(said.hasPrefix("PutObject on site/a: ") && said.contains(sentence), "\(said)")
            #expect(!said.contains("\n") && !said.contains("\u{1B}") && !said.contains("\u{202E}"))
            #expect(client.requestCount == 1)
        }
    }

    @Test(arguments: [
        S3Script.error(301, "PermanentRedirect", headers: "x-amz-bucket-region: eu-west-1\n"),
        S3Script.error(400, "AuthorizationHeaderMalformed", "<Region>eu-west-1</Region>"),
        S3Script.answer(301, "", "x-amz-bucket-region: eu-west-1\n"),
    ])
    func `A bucket in another region is followed there, once`(
        _ elsewhere: [ScriptedPart]
    ) async throws {
        try await withScriptedServer([elsewhere, [.echo]]) { port in
            let delays = S3Script.Delays()
            let client = try S3Script.client(port, delays: delays)
            let sent = try await client.get(ObjectKey("a"), byteLimit: 10_000)
            #expect(
                String(decoding: try #require(sent).bytes, as: UTF8.self).contains(
                    "/20150830/eu-west-1/s3/aws4_request"))
            #expect(client.bucket.region == "eu-west-1")
            #expect(delays.all.isEmpty)
        }
        let back = S3Script.error(400, "AuthorizationHeaderMalformed", "<Region>us-east-1</Region>")
        try await withScriptedServer([elsewhere, back]) { port in
            let client = try S3Script.client(port)
            let error = await #expect(throws: AWSError.self) {
                try await client.put(ObjectKey("a"), [], headers: S3Script.headers)
            }
            #expect(
                error?.description
                    == "PutObject on site/a: the bucket is in us-east-1, not in eu-west-1; set publish.region"
            )
            #expect(client.requestCount == 2)
        }
    }

    @Test func `What is not there is nil; a bucket that is not there is an error`() async throws {
        try await withScriptedServer([
            S3Script.error(404, "NoSuchKey"), S3Script.answer(404),
            S3Script.error(404, "NoSuchBucket"),
        ]) { port in
            let client = try S3Script.client(port)
            #expect(try await client.get(ObjectKey("a"), byteLimit: 10) == nil)
            #expect(try await client.head(ObjectKey("a")) == nil)
            await #expect(throws: AWSError.self) {
                try await client.get(ObjectKey("a"), byteLimit: 10)
            }
        }
    }

    @Test func `A refusal of HEAD, which has no reason, is asked for one`() async throws {
        try await withScriptedServer([
            ["HTTP/1.1 403 X\nContent-Length: 9\n\n"], S3Script.error(403, "InvalidAccessKeyId"),
        ]) { port in
            let error = await #expect(throws: AWSError.self) {
                try await S3Script.client(port).head(ObjectKey("a"))
            }
            #expect(
                error?.description == "HeadObject on site/a: the access key id is not known there; "
                    + "check AWS_ACCESS_KEY_ID or the profile")
        }
    }

    @Test func `An object is its bytes, even if they read like an error`() async throws {
        let text = "<Error><Code>InternalError</Code></Error>"
        try await withScriptedServer([S3Script.answer(200, text, "ETag: \"e\"\n")]) { port in
            let object = try await S3Script.client(port).get(ObjectKey("a"), byteLimit: 100)
            #expect(object?.bytes == Array(text.utf8))
        }
    }

    @Test func `A listing goes on where the last page ended, but not in circles`() async throws {
        func page(_ key: String, _ next: String?) -> [ScriptedPart] {
            let more =
                next.map {
                    "<IsTruncated>true</IsTruncated><NextContinuationToken>\($0)</NextContinuationToken>"
                } ?? ""
            return S3Script.answer(
                200,
                "<ListBucketResult><Contents><Key>\(key)</Key><Size>1</Size></Contents>\(more)</ListBucketResult>"
            )
        }
        try await withScriptedServer([page("a", "1"), page("b", "2"), page("c", nil)]) { port in
            let objects = try await S3Script.client(port).list(prefix: "").objects
            #expect(objects.map(\.key.text) == ["a", "b", "c"])
        }
        try await withScriptedServer([page("a", "1"), page("b", "2"), page("c", "1")]) { port in
            let client = try S3Script.client(port)
            await #expect(throws: AWSError.self) { try await client.list(prefix: "") }
            #expect(client.requestCount == 3)
        }
    }

    @Test func `A thousand keys go in one deletion, the next in another`() async throws {
        let failed =
            "<DeleteResult><Error><Key>k7</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"
        try await withScriptedServer([
            S3Script.answer(200, failed), S3Script.answer(200, "<DeleteResult/>"),
        ]) { port in
            let client = try S3Script.client(port)
            let refusals = try await client.delete((0..<1001).map { try ObjectKey("k\($0)") })
            #expect(refusals.keys.map(\.text) == ["k7"])
            #expect(refusals.values.first?.description.contains("s3:DeleteObject") == true)
            #expect(client.requestCount == 2)
        }
    }
}
