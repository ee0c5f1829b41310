import Foundation

/// A running DynamoDB (`Tests/Peers/table.py`) with the table `archive`, which checks signatures.
public struct TablePeer: ServicePeer {
    public static let service = "DYNAMODB"
    /// `http://127.0.0.1:port`
    public let endpoint: String

    /// It comes with the test set-up.
    public static let isThere = AWSPeer.isThere

    /// Every item of the table, as JSON; of those that were compressed how many bytes they are.
    public func items() async throws -> String { try await ask("items") }

    /// Nothing fails any more.
    public func mend() async throws { _ = try await ask("mend") }
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
