/// A WebSocket frame as a server sends it (RFC 6455 §5.2), unmasked.
public struct WebSocketFrame: Sendable {
    public enum Kind: UInt8, Sendable {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10
    }

    public var kind: Kind
    public var isLast: Bool
    public var payload: [UInt8]
    /// What the header says, where that is not the truth.
    public var claimedByteCount: Int?

    public init(
        _ kind: Kind, _ text: String, isLast: Bool = true, claimedByteCount: Int? = nil
    ) {
        self.kind = kind
        self.isLast = isLast
        self.claimedByteCount = claimedByteCount
        payload = Array(text.utf8)
    }

    public var bytes: [UInt8] {
        let count = claimedByteCount ?? payload.count
        let length: [UInt8] =
            switch count {
            case ..<126: [UInt8(count)]
            case ..<65536:
                [126] + (0..<2).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
            default: [127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
            }
        return [(isLast ? 0x80 : 0) | kind.rawValue] + length + payload
    }
}

extension ScriptedPart {
    /// One frame after another.
    public static func frames(_ frames: WebSocketFrame...) -> ScriptedPart {
        .bytes(frames.flatMap(\.bytes))
    }
}
