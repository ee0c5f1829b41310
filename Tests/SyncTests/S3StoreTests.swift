import AWS
import Support
import Testing

@testable import Sync

@Suite struct S3StoreTests {
    private struct Keys: CredentialSource {
        var name: String { "the test" }
        func credentials() -> Credentials? {
            Credentials(accessKeyID: "ID", secretAccessKey: Secret("KEY"))
        }
    }

    private func store(_ port: Int) throws -> S3Store {
        let bucket = try S3Bucket(
            name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)")
        let client = try S3Client(
            bucket: bucket, credentials: Keys(), retry: RetryPolicy(sleep: { _ in }), maxActive: 1)
        return S3Store(client: client, prefix: try Prefix("site"))
    }

    private static func answer(_ status: Int, _ body: [UInt8]) -> [ScriptedPart] {
        let text = String(decoding: body, as: UTF8.self)
        return ["HTTP/1.1 \(status) X\nETag: \"now\"\nContent-Length: \(body.count)\n\n\(text)"]
    }

    @Test func `A manifest whose answer was lost on the way is known for ours`() async throws {
        let ours = ManifestFile.encode(Manifest())
        let answers = [[.drop], Self.answer(412, []), Self.answer(200, ours)]
        try await withScriptedServer(answers) { port in
            let tag = try await store(port).save(Manifest(), over: "\"old\"")
            #expect(tag == "\"now\"")
        }
    }

    @Test func `Another's manifest is not`() async throws {
        let answers = [Self.answer(412, []), Self.answer(200, Array("{}".utf8))]
        try await withScriptedServer(answers) { port in
            await #expect(throws: SyncError.overtaken) {
                try await store(port).save(Manifest(), over: "\"old\"")
            }
        }
    }
}
