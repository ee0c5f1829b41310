import Foundation

/// What a scripted server does in answer to a request; see `Tests/Peers/script.py`.
public enum ScriptedPart: Encodable, Sendable, ExpressibleByStringInterpolation {
    case text(String)
    case zeros(Int)
    case pause(seconds: Double)
    case hold
    case close
    case drop
    case echo
    case accept
    case bytes([UInt8], times: Int = 1)
    case read(Int)

    public init(stringLiteral text: String) {
        self = .text(text)
    }

    public func encode(to encoder: any Encoder) throws {
        var single = encoder.singleValueContainer()
        switch self {
        case .text(let text): try single.encode(text)
        case .zeros(let count): try single.encode(["zeros": count])
        case .pause(let seconds): try single.encode(["pause": seconds])
        case .hold: try single.encode(["hold": true])
        case .close: try single.encode(["close": true])
        case .drop: try single.encode(["drop": true])
        case .echo: try single.encode(["echo": true])
        case .accept: try single.encode(["accept": true])
        case .bytes(let bytes, let times):
            try single.encode(
                Repeated(bytes: bytes.map { hexadecimal($0) }.joined(), repeat: times))
        case .read(let count): try single.encode(["read": count])
        }
    }
}

private struct Repeated: Encodable {
    var bytes: String
    var `repeat`: Int
}

private func hexadecimal(_ byte: UInt8) -> String {
    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
}

/// Serves on loopback while the body runs; the body gets the port. The n-th request gets the n-th
/// answer, and those after the last one the last again.
@discardableResult
public func withScriptedServer<Result: Sendable>(
    _ answers: [[ScriptedPart]], certificate: String? = nil,
    _ body: @Sendable (Int) async throws -> Result
) async throws -> Result {
    let script = String(decoding: try JSONEncoder().encode(answers), as: UTF8.self)
    return try await withPeer("script.py", [script] + (certificate.map { [$0] } ?? [])) { line in
        guard let port = Int(line) else { throw PeerError.ended(script: "script.py: \(line)") }
        return try await body(port)
    }
}
