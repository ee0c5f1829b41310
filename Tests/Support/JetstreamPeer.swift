import Foundation

/// What a Jetstream server is to do; see `Tests/Peers/jetstream.py`.
public struct JetstreamScript: Encodable, Sendable {
    public var file: String
    public var faults: [String: String] = [:]
    public var floor: Int64 = 0
    public var first: [String] = []
    public var tail = "hold"
    public var live = 0
    /// From when on made-up events have a hashtag more, in microseconds since 1970.
    public var burst: Int64 = 0
    public var log: String?
    public var raw = false
    /// A file of a key and a certificate.
    public var tls: String?

    public init(_ file: String) { self.file = file }
}

/// A server that does what the script says, for the time of the body, which gets its address.
@discardableResult
public func withJetstream<Result: Sendable>(
    _ script: JetstreamScript, _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    let text = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
    return try await withPeer("jetstream.py", [text]) { line in
        try await body("\(script.tls == nil ? "ws" : "wss")://127.0.0.1:\(line)")
    }
}
