import AWS
import Support
import Tasks
import Testing

@testable import Sync

@Suite struct S3StoreTests {
    private func store(_ port: Int) throws -> S3Store {
        let bucket = try S3Bucket(
            name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)")
        let client = try S3Client(
            bucket: bucket, credentials: Keys(), retry: Retry(attempts: 5, sleep: { _ in }),
            maxActive: 1)
        return S3Store(client: client, prefix: try Prefix("site"))
    }

    private static func answer(_ status: Int, _ body: [UInt8]) -> [ScriptedPart] {
        let text = String(decoding: body, as: UTF8.self)
        return ["HTTP/1.1 \(status) X\nETag: \"now\"\nContent-Length: \(body.count)\n\n\(text)"]
    }

    @Test func `A manifest whose answer was lost on the way is known for ours`() async throws {
        let ours = ManifestFile.encode(ManifestLayer(Manifest()))
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

    @Test func `A server without conditions is looked at before and after`() async throws {
        let ours = ManifestFile.encode(ManifestLayer(Manifest()))
        let unsupported = Self.answer(
            501, Array("<Error><Code>NotImplemented</Code></Error>".utf8))
        let (good, none) = (Self.answer(200, ours), Self.answer(404, []))
        let answers = [unsupported, none, good, good, good, good, good, good]
        try await withScriptedServer(answers) { port in
            let store = try store(port)
            #expect(store.notes.isEmpty)
            let tag = try await store.save(Manifest(), over: nil)
            #expect(tag == "\"now\"" && store.requestCount == 4)
            #expect(store.notes.count == 1)
            _ = try await store.save(Manifest(), over: tag)
            #expect(store.requestCount == 7)
            await #expect(throws: SyncError.overtaken) {
                try await store.save(Manifest(), over: "\"older\"")
            }
            #expect(store.requestCount == 8)
        }
    }

    @Test
    func `A server that takes conditions and does not mind them is told by its first manifest`()
        async throws
    {
        let ours = ManifestFile.encode(ManifestLayer(Manifest()))
        let good = Self.answer(200, ours)
        for (second, notes, requests) in [(Self.answer(412, []), 0, 3), (good, 1, 5)] {
            try await withScriptedServer([good, second, good]) { port in
                let store = try store(port)
                let tag = try await store.save(Manifest(), over: nil)
                #expect(store.notes.count == notes)
                _ = try await store.save(Manifest(), over: tag)
                #expect(store.requestCount == requests)
            }
        }
    }
}
