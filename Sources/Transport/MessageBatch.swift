/// Messages of a WebSocket that came together, in order.
public struct MessageBatch: Sendable {
    /// One message, fragments joined.
    public enum Message: Hashable, Sendable {
        /// Where it lies in `bytes`. Nobody has checked that it is UTF-8.
        case text(Range<Int>)
        case binary(Range<Int>)
        /// One that was over the limit, and is not here.
        case tooLong
    }

    /// Readable bytes behind the last message, which fast parsers want.
    public static let padding = 64

    public internal(set) var messages: [Message] = []
    /// All messages one after another, an LF behind each, and the padding.
    public internal(set) var bytes: [UInt8] = []

    init() {}
}
