import Foundation

/// What a Jetstream server is to do; see `Tests/Peers/jetstream.py`.
public struct JetstreamScript: Encodable, Sendable {
    public var file: String
    public var faults: [String: String] = [:]
    public var floor: Int64 = 0
    public var first: [String] = []
    public var tail = "hold"
    public var live = 0
    public var raw = false
    public var tls: String?

    public init(_ file: String) { self.file = file }
}

/// A running Jetstream server.
public struct JetstreamPeer: Decodable, Sendable {
    private let port: Int
    /// The certificate that makes the server's own good, as a PEM file; nil without TLS.
    public let authority: String?

    /// `ws://127.0.0.1:port`
    public var address: String { "\(authority == nil ? "ws" : "wss")://127.0.0.1:\(port)" }
}

/// A server that does what the script says, for the time of the body.
@discardableResult
public func withJetstream<Result: Sendable>(
    _ script: JetstreamScript, _ body: @Sendable (JetstreamPeer) async throws -> Result
) async throws -> Result {
    let text = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
    return try await withPeer("jetstream.py", [text]) { line in
        try await body(try JSONDecoder().decode(JetstreamPeer.self, from: Data(line.utf8)))
    }
}
