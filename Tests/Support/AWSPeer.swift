import Foundation
import Subprocess

/// A running imitation of AWS: S3, CloudFront and STS, which check no signature.
public struct AWSPeer: Decodable, Sendable {
    /// `http://127.0.0.1:port`
    public let endpoint: String
    /// The id of the distribution that is there.
    public let distribution: String
    private let side: String

    /// An order to CloudFront.
    public struct Invalidation: Decodable, Hashable, Sendable {
        public var reference: String
        public var paths: [String]
    }

    /// It comes with the test set-up.
    public static let isThere = FileManager.default.isExecutableFile(
        atPath: Repository.folder + "/.venv/bin/moto_server")

    /// What a run needs to be told to work with it.
    public var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "AKIDOFTHETESTS", "AWS_SECRET_ACCESS_KEY": "secret+of/the-tests",
            "AWS_ENDPOINT_URL": endpoint, "TIDEMARK_PUBLISH_ENDPOINT": endpoint,
            "TIDEMARK_PUBLISH_BUCKET": "site", "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    /// The orders taken so far, with the paths of each sorted, oldest first.
    public func invalidations() async throws -> [Invalidation] {
        try JSONDecoder().decode(
            [Invalidation].self, from: Data(try await ask("invalidations").utf8))
    }

    /// How a bucket is set up, as another client of AWS sees it: JSON, sorted.
    public func setup(of bucket: String = "site") async throws -> String {
        try await ask("buckets/\(bucket)")
    }

    private func ask(_ path: String) async throws -> String {
        let script =
            "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"
        return try await ProgramRun.program(
            Repository.python ?? "/usr/bin/python3", ["-c", script, "\(side)/\(path)"], in: "/"
        ).output
    }
}

/// A server with these buckets, for the time of the body.
@discardableResult
public func withAWSPeer<Result: Sendable>(
    buckets: [String] = ["site"], _ body: @Sendable (AWSPeer) async throws -> Result
) async throws -> Result {
    try await withPeer("aws.py", buckets) { line in
        try await body(try JSONDecoder().decode(AWSPeer.self, from: Data(line.utf8)))
    }
}
