import Support
import Tasks
import Text
import Testing
import Text
import Transport

@testable import AWS

/// What `tidemark bucket` asks, of a server that answers by script.
@Suite struct BucketClientTests {
    private func read(
        _ answers: [[ScriptedPart]]
    ) async throws -> (
        found: Result<BucketClient.Found, AWSError>, bucket: S3Bucket
    ) {
        try await withScriptedServer(answers) { port in
            let client = try BucketClient(
                bucket: S3Bucket(
                    name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
                credentials: FixedCredentials(
                    Credentials(accessKeyID: "ID", secretAccessKey: Secret("KEY"))),
                retry: Retry(attempts: 2, sleep: { _ in }),
                now: { SigningTime(secondsSinceEpoch: 1_440_938_160) })
            do throws(AWSError) {
                return (.success(try await client.read(.website)), client.bucket)
            } catch {
                return (.failure(error), client.bucket)
            }
        }
    }

    private static func answer(
        _ status: Int, _ body: String, _ headers: String = ""
    ) -> [ScriptedPart] {
        ["HTTP/1.1 \(status) X\nContent-Length: \(body.utf8.count)\n\(headers)\n\(body)"]
    }

    private static let none = answer(
        404, "<Error><Code>NoSuchWebsiteConfiguration</Code></Error>")

    @Test(arguments: [
        answer(
            400,
            "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"),
        answer(
            301, "<Error><Code>PermanentRedirect</Code></Error>",
            "x-amz-bucket-region: eu-west-1\n"),
    ])
    func `A bucket in another region is followed there, and that is told`(
        _ elsewhere: [ScriptedPart]
    ) async throws {
        let (found, bucket) = try await read([elsewhere, Self.none])
        #expect(found == .success(.missing))
        #expect(
            bucket.note(on: "us-east-1")
                == "site is in eu-west-1, not in us-east-1; set publish.region to it")
    }

    @Test func `A wrong secret is told from a wrong clock`() async throws {
        func refused(_ time: String) -> [ScriptedPart] {
            Self.answer(
                403, "<Error><Code>SignatureDoesNotMatch</Code></Error>",
                "Date: Sun, 30 Aug 2015 \(time) GMT\n")
        }
        for answers in [[refused("12:36:30")], [refused("12:56:00"), refused("12:56:00")]] {
            let (found, _) = try await read(answers)
            guard case .failure(let error) = found else {
                Issue.record("it is no failure")
                continue
            }
            #expect(
                error.description
                    == "GetBucketWebsite on bucket site: the signature does not match; check "
                    + "AWS_SECRET_ACCESS_KEY or the profile")
        }
        let (found, _) = try await read([refused("12:56:00"), Self.none])
        #expect(found == .success(.missing))
    }
}
