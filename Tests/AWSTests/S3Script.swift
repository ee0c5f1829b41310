import Calendar
import Support
import Synchronization
import Tasks
import Text
import Transport

@testable import AWS

/// What a server of S3's kind answers by script, and a client of it.
enum S3Script {
    struct Keys: CredentialSource {
        var name: String { "the test" }
        func credentials() -> Credentials? {
            Credentials(
                accessKeyID: "ID", secretAccessKey: Secret("KEY"), sessionToken: Secret("TOKEN"))
        }
    }

    static func answer(
        _ status: Int, _ body: String = "", _ headers: String = ""
    ) -> [ScriptedPart] {
        ["HTTP/1.1 \(status) X\nContent-Length: \(body.utf8.count)\n\(headers)\n\(body)"]
    }

    static func error(
        _ status: Int, _ code: String, _ more: String = "", headers: String = ""
    ) -> [ScriptedPart] {
        answer(
            status, "<Error><Code>\(code)</Code><Message>it says</Message>\(more)</Error>", headers)
    }

    final class Delays: Sendable {
        private let kept = Mutex<[Duration]>([])
        var all: [Duration] { kept.withLock { $0 } }
        func add(_ delay: Duration) { kept.withLock { $0.append(delay) } }
    }

    static func client(
        _ port: Int, delays: Delays = Delays(),
        now: Timestamp = Timestamp(secondsSinceEpoch: 1_440_938_160)
    ) throws -> S3Client {
        try S3Client(
            bucket: try S3Bucket(
                name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)"),
            credentials: Keys(), http: try HTTPClient(),
            retry: Retry(attempts: 4, sleep: { delays.add($0) }, random: { 1 }), now: { now })
    }

    static let headers = ObjectHeaders(contentType: "text/csv", cacheControl: "no-cache")
}
