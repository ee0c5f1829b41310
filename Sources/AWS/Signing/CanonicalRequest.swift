import Calendar
import Digest
import Text
import Transport

/// The first stage of SigV4: a request in the one form both sides hash.
public struct CanonicalRequest: Hashable, Sendable {
    /// Whether a path is signed as it is (S3) or without dot segments and empty ones (everything
    /// else).
    public enum PathRule: Sendable {
        case asIs
        case normalised
    }

    /// The whole of it, six parts with line feeds between.
    public let text: String
    /// Lower-case names, sorted, with `;` between.
    public let signedHeaders: String

    /// - Parameters:
    ///   - path: absolute and not encoded for S3; for other services as it goes on the wire, so
    ///     that it is encoded twice.
    ///   - query: names and values not encoded, in any order.
    ///   - headers: those to sign, `host` among them; several of one name are joined in their
    ///     order.
    ///   - payload: the lower-case hex SHA-256 of the body, or a literal such as
    ///     `UNSIGNED-PAYLOAD`.
    public init(
        method: String, path: String, pathRule: PathRule, query: [(name: String, value: String)],
        headers: Headers, payload: String
    ) {
        var values: [String: [String]] = [:]
        for field in headers.fields {
            values[lowercased(field.name), default: []].append(collapsed(field.value))
        }
        let names = values.keys.sorted { ExactText($0) < ExactText($1) }
        signedHeaders = names.joined(separator: ";")
        let lines = names.map { "\($0):\((values[$0] ?? []).joined(separator: ","))\n" }
        let path = pathRule == .asIs ? path : normalised(path)
        text = [
            method, PercentEncoding.encode(path, isPath: true), Self.encode(query), lines.joined(),
            signedHeaders, payload,
        ].joined(separator: "\n")
    }

    /// Encoded, sorted by encoded name and then value, `name=` where there is no value: to sign and
    /// to send.
    public static func encode(_ query: [(name: String, value: String)]) -> String {
        query
            .map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
            .sorted { (ExactText($0.0), ExactText($0.1)) < (ExactText($1.0), ExactText($1.1)) }
            .map { "\($0)=\($1)" }
            .joined(separator: "&")
    }
}

/// The second stage of SigV4: the canonical request's hash with its time and scope.
public struct StringToSign: Hashable, Sendable {
    public static let algorithm = "AWS4-HMAC-SHA256"

    /// `20260122/eu-west-1/s3/aws4_request`
    public let scope: String
    public let text: String

    public init(
        _ request: CanonicalRequest, at time: Timestamp, region: String, service: String
    ) {
        scope = "\(time.date.basic)/\(region)/\(service)/aws4_request"
        text = [Self.algorithm, time.basic, scope, SHA256(of: request.text.utf8).hex].joined(
            separator: "\n")
    }
}

private func lowercased(_ name: String) -> String {
    String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self)
}

/// Trimmed, with each run of white space inside as one space.
private func collapsed(_ value: String) -> String {
    value.utf8.split(whereSeparator: \.isASCIIWhitespace)
        .map { String(decoding: $0, as: UTF8.self) }
        .joined(separator: " ")
}

/// Without `.`, `..` and empty segments (RFC 3986 §5.2.4, and then some).
private func normalised(_ path: String) -> String {
    var segments: [Substring] = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    for part in parts {
        switch part {
        case ".": continue
        case "..": _ = segments.popLast()
        default: segments.append(part)
        }
    }
    let isFolder = path.hasSuffix("/") && !segments.isEmpty
    return "/" + segments.joined(separator: "/") + (isFolder ? "/" : "")
}
