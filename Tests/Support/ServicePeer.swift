import Foundation

/// A server of Amazon's kind that a test has started, which checks signatures.
public protocol ServicePeer: Sendable {
    /// `http://127.0.0.1:port`
    var endpoint: String { get }
    /// Of the variable that names its endpoint.
    static var service: String { get }
}

extension ServicePeer {
    /// Those that it lets in.
    static var keys: [String: String] { ["AKIDOFTHETESTS": "secret+of/the-tests"] }

    /// What a run needs to be told to work with it.
    public var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "AKIDOFTHETESTS", "AWS_SECRET_ACCESS_KEY": "secret+of/the-tests",
            "AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL_\(Self.service)": endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    /// How often each operation was asked for; of a stream, `overrun` beyond a shard's limits too.
    public func seen() async throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: Data(try await ask("seen").utf8))
    }

    func ask(_ path: String) async throws -> String {
        let script =
            "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"
        return try await ProgramRun.program(
            Repository.python ?? "/usr/bin/python3", ["-c", script, "\(endpoint)/\(path)"], in: "/"
        ).output
    }
}
