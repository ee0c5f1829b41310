import Foundation

/// A running DynamoDB (`Tests/Peers/table.py`) with the table `archive`, which checks signatures.
public struct TablePeer: Sendable {
    /// `http://127.0.0.1:port`
    public let endpoint: String

    fileprivate static let keys = ["AKIDOFTHETESTS": "secret+of/the-tests"]

    /// It comes with the test set-up.
    public static let isThere = AWSPeer.isThere

    /// What a run needs to be told to work with it.
    public var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "AKIDOFTHETESTS", "AWS_SECRET_ACCESS_KEY": "secret+of/the-tests",
            "AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    /// Every item of the table, as JSON; of those that were compressed how many bytes they are.
    public func items() async throws -> String { try await ask("items") }

    /// How often each operation was asked for.
    public func seen() async throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: Data(try await ask("seen").utf8))
    }

    /// Nothing fails any more.
    public func mend() async throws { _ = try await ask("mend") }

    private func ask(_ path: String) async throws -> String {
        let script =
            "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"
        return try await ProgramRun.program(
            Repository.python ?? "/usr/bin/python3", ["-c", script, "\(endpoint)/\(path)"], in: "/"
        ).output
    }
}

/// What the peer is told.
public struct TableScript: Encodable, Sendable {
    public var throttle: Int?
    public var lose: Int?
    public var last: Int?
    public var hold: Int?
    public var errors: [String: String]?
    public var make: Bool?
    fileprivate var keys = TablePeer.keys

    public init(
        throttle: Int? = nil, lose: Int? = nil, last: Int? = nil, hold: Int? = nil,
        errors: [String: String]? = nil, make: Bool? = nil
    ) {
        (self.throttle, self.lose, self.last) = (throttle, lose, last)
        (self.errors, self.make, self.hold) = (errors, make, hold)
    }
}

/// A table that does as it is told, for the time of the body.
@discardableResult
public func withTable<Result: Sendable>(
    _ script: TableScript = TableScript(),
    _ body: @Sendable (TablePeer) async throws -> Result
) async throws -> Result {
    let told = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
    return try await withPeer("table.py", [told]) { port in
        try await body(TablePeer(endpoint: "http://127.0.0.1:\(port)"))
    }
}
