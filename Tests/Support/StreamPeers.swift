/// The folder of test certificates that `Tests/Peers/certificates.py` makes, while the body runs.
@discardableResult
public func withCertificates<Result: Sendable>(
    _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    try await withPeer("certificates.py", [], body)
}

/// A Mastodon server (`Tests/Peers/mastodon.py`) while the body runs; the body gets its address.
///
/// - Parameters:
///   - told: what it does, as JSON.
///   - certificate: a PEM file of a key and a certificate, for TLS.
@discardableResult
public func withMastodonPeer<Result: Sendable>(
    _ told: String, certificate: String? = nil, _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    try await withServer("mastodon.py", told, certificate, body)
}

/// X (`Tests/Peers/x.py`) while the body runs; the body gets its address.
@discardableResult
public func withXPeer<Result: Sendable>(
    _ told: String, certificate: String? = nil, _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    try await withServer("x.py", told, certificate, body)
}

private func withServer<Result: Sendable>(
    _ script: String, _ told: String, _ certificate: String?,
    _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    try await withPeer(script, [told] + (certificate.map { [$0] } ?? [])) { port in
        try await body("\(certificate == nil ? "http" : "https")://127.0.0.1:\(port)")
    }
}
