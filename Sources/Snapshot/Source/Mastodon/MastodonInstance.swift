import Decode
import Transport

/// What a server says about itself.
public struct MastodonInstance: Hashable, Sendable {
    /// The domain of its accounts' names.
    public var domain: String
    /// Where its streams are, as `https` or, on loopback, `http`; without a slash at the end.
    public var streaming: String
    /// As the server writes it; empty if it does not.
    public var version: String

    /// Reads the answer to `/api/v2/instance`, or to `/api/v1/instance` of older servers and others of
    /// Mastodon's kin. What is missing or malformed is taken from `base`.
    init(_ body: [UInt8], base: String) {
        let address = try? Address(base)
        domain = address?.authority ?? base
        streaming = base
        version = ""
        let parser = JSONParser()
        defer { withExtendedLifetime(parser) {} }
        var padded = PaddedBytes()
        padded.append(body)
        guard let value = parser.parse(padded.bytes) else { return }
        func text(_ value: JSONValue?) -> String? {
            value?.text.flatMap { $0.count > 0 && $0.count < 500 ? $0.string : nil }
        }
        domain =
            text(value["domain"] ?? value["uri"])
            .map { (try? Address($0))?.authority ?? $0 } ?? domain
        version = text(value["version"]) ?? ""
        let urls = value["configuration"]?["urls"]?["streaming"] ?? value["urls"]?["streaming_api"]
        streaming = text(urls).flatMap(Self.http) ?? streaming
    }

    /// `wss://host/` as `https://host`; nil if it is no address that may be asked.
    private static func http(_ text: String) -> String? {
        guard let address = try? Address(text) else { return nil }
        let scheme = ["wss", "https"].contains(address.scheme) ? "https" : "http"
        var path = address.text.drop { $0 != ":" }
        while path.hasSuffix("/") { path.removeLast() }
        return scheme + path
    }
}

extension PacedServer {
    /// Asks the server who it is.
    mutating func instance(
        before deadline: ContinuousClock.Instant
    ) async throws -> MastodonInstance {
        do {
            let body = try await send("/api/v2/instance", before: deadline)
            return MastodonInstance(body, base: base)
        } catch SnapshotError.refused {
            // Servers before 4.0, and most that are not Mastodon.
            let body = try? await send("/api/v1/instance", before: deadline)
            return MastodonInstance(body ?? [], base: base)
        }
    }
}
