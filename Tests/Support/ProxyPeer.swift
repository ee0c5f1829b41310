import Foundation

/// A CONNECT proxy (`Tests/Peers/proxy.py`) that alone knows some hosts.
public struct ProxyPeer: Sendable {
    /// What it does, as it is told.
    public struct Settings: Encodable {
        /// `s3.tidemark.example:443` → the port on loopback that stands for it.
        public var hosts: [String: Int]
        /// A PEM file of a key and a certificate, for all of them.
        public var certificate: String
        /// `name:password` that it wants to hear.
        public var user: String?
        /// What it answers instead of letting anyone through.
        public var status: Int?

        public init(
            hosts: [String: Int], certificate: String, user: String? = nil, status: Int? = nil
        ) {
            self.hosts = hosts
            self.certificate = certificate
            self.user = user
            self.status = status
        }
    }

    public let port: Int

    /// What was asked for so far: `s3.tidemark.example:443`.
    public func seen() async throws -> [String] {
        let script =
            "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"
        let run = try await ProgramRun.program(
            Repository.python ?? "/usr/bin/python3",
            ["-c", script, "http://127.0.0.1:\(port)/seen"], in: "/")
        return try JSONDecoder().decode([String].self, from: Data(run.output.utf8))
    }
}

/// A proxy that does as it is told, for the time of the body.
@discardableResult
public func withProxyPeer<Result: Sendable>(
    _ settings: ProxyPeer.Settings, _ body: @Sendable (ProxyPeer) async throws -> Result
) async throws -> Result {
    let told = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
    return try await withPeer("proxy.py", [told]) { line in
        try await body(ProxyPeer(port: Int(line) ?? 0))
    }
}
