/// Tells the event of a JSON message, however the message was taken apart.
protocol MessageDecoder {
    func event(of message: some JSONNode) -> StreamEvent

    /// Whether the line up to `end`, whose first token is at hand, is certainly JSON and no post,
    /// deletion or removal; false if that is not quickly seen.
    func isNotice(_ tokens: inout JSONTokens, upTo end: Int) -> Bool
}

extension MessageDecoder {
    @inline(__always)
    func isNotice(_ tokens: inout JSONTokens, upTo end: Int) -> Bool { false }
}
