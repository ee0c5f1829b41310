import Foundation

/// A running S3 server that checks signatures, with nothing in its buckets.
public struct S3Peer: Decodable, Sendable {
    /// `http://127.0.0.1:port`
    public let endpoint: String
    private let keys: [String: [String]]

    /// May do everything.
    public var publisher: (accessKeyID: String, secretAccessKey: String) { pair("publisher") }
    /// May read and list.
    public var reader: (accessKeyID: String, secretAccessKey: String) { pair("reader") }

    /// The server comes with the test set-up.
    public static let isThere = FileManager.default.isExecutableFile(
        atPath: Repository.folder + "/.venv/bin/weed")

    private func pair(_ name: String) -> (accessKeyID: String, secretAccessKey: String) {
        let pair = keys[name] ?? []
        return (pair.first ?? "", pair.last ?? "")
    }
}

/// A server with these buckets, for the time of the body.
@discardableResult
public func withS3Peer<Result: Sendable>(
    buckets: [String] = ["site"], _ body: @Sendable (S3Peer) async throws -> Result
) async throws -> Result {
    try await withPeer("s3.py", buckets) { line in
        try await body(try JSONDecoder().decode(S3Peer.self, from: Data(line.utf8)))
    }
}
