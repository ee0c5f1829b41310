import Foundation

/// A running Kinesis (`Tests/Peers/kinesis.py`) with the stream `posts`, which checks signatures.
public struct KinesisPeer: ServicePeer {
    public static let service = "KINESIS"
    /// `http://127.0.0.1:port`
    public let endpoint: String

    /// The keys and texts of the records that were put, in the order in which they were taken.
    public func put() async throws -> [[String]] {
        try JSONDecoder().decode([[String]].self, from: Data(try await ask("put").utf8))
    }
}

/// What the peer is told.
public struct KinesisScript: Encodable, Sendable {
    /// A change of the shards at a share of all records.
    public struct Step: Encodable, Sendable {
        public var at: Double
        public var split: Int?
        public var merge: [Int]?

        public init(at: Double, split: Int? = nil, merge: [Int]? = nil) {
            (self.at, self.split, self.merge) = (at, split, merge)
        }
    }

    public var events: String?
    public var delay: Int?
    public var shards = 1
    public var plan: [Step] = []
    public var key: String?
    public var packed: Int?
    public var hours: Int?
    public var trim: Int64?
    public var created: Double?
    public var batch: Int?
    public var page: Int?
    public var expire: Int?
    public var throttle: Int?
    public var empty: Int?
    public var endless: String?
    public var garbage: Int?
    public var hostile: Bool?
    public var closed: Bool?
    public var status: String?
    public var refuse: Int?
    public var own: Bool?
    public var errors: [String: String]?
    public var live: Double?
    fileprivate var keys = KinesisPeer.keys

    public init(_ events: String? = nil) { self.events = events }

    /// Three shards, of which one is split, and two of the four are merged, in the middle of the records.
    public static func resharded(_ events: String) -> KinesisScript {
        var script = KinesisScript(events)
        script.shards = 3
        script.plan = [Step(at: 0.3, split: 1), Step(at: 0.6, merge: [2, 3])]
        return script
    }
}

/// A stream that does as it is told, for the time of the body.
///
/// - Parameter certificate: a PEM file of a key and a certificate, for TLS.
@discardableResult
public func withKinesis<Result: Sendable>(
    _ script: KinesisScript = KinesisScript(), certificate: String? = nil,
    _ body: @Sendable (KinesisPeer) async throws -> Result
) async throws -> Result {
    let told = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
    return try await withPeer("kinesis.py", [told] + (certificate.map { [$0] } ?? [])) { port in
        let scheme = certificate == nil ? "http" : "https"
        return try await body(KinesisPeer(endpoint: "\(scheme)://127.0.0.1:\(port)"))
    }
}
