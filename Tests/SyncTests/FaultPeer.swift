import AWS
import Foundation
import Tasks
import Transport

@testable import Sync

/// A running `Tests/Peers/faults.py`, and publishes to it.
struct FaultPeer {
    struct Report: Decodable {
        var requests: Int
        var bytes: Int
        var log: [[String]]
        var objects: [String: [String]]
        var broken: [String]

        /// Without what is sync's own.
        var site: [String: [String]] { objects.filter { !$0.key.hasPrefix(".tidemark/") } }
    }

    let port: Int
    let folder: String
    /// Of the server behind it.
    var keys = (accessKeyID: "ID", secretAccessKey: "KEY")

    /// Retries come at once.
    func publish(
        _ site: Site, bearing silence: Duration = .seconds(30)
    ) async throws -> Sync.Report {
        let bucket = try S3Bucket(
            name: "site", region: "us-east-1", endpoint: "http://127.0.0.1:\(port)")
        let settings = SyncSettings(
            folder: site.folder, bucket: bucket, prefix: try Prefix(""),
            stateFolder: folder + "/state", concurrency: 8,
            retry: Retry(attempts: 5, sleep: { _ in }),
            silenceLimit: silence)
        return try await SyncRun(settings, credentials: Keys(pair: keys)).run()
    }

    func save() async throws { _ = try await ask("save") }

    /// - Parameter kin: what the server does otherwise than S3; see `Tests/Peers/faults.py`.
    func reset(_ fault: String?, at place: Int, kin: String? = nil) async throws {
        func quoted(_ name: String?) -> String { name.map { "\"\($0)\"" } ?? "null" }
        _ = try await ask(
            "reset", "{\"fault\":\(quoted(fault)),\"at\":\(place),\"kin\":\(quoted(kin))}")
    }

    func report() async throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(try await ask("report")))
    }

    private func ask(_ what: String, _ body: String = "") async throws -> [UInt8] {
        let address = try Address("http://127.0.0.1:\(port)/-/\(what)")
        return try await HTTPClient().send(
            Request(.post, address, body: Array(body.utf8))
        ).body
    }
}
