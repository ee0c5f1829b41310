/// A WebSocket to open: where, and how much of the other side is bearable.
public struct WebSocketRequest: Sendable {
    /// `wss`, or `ws` on loopback.
    public var address: Address
    /// Sent with the request to speak WebSocket.
    public var headers: Headers
    /// Bytes of the longest message that is kept; of a longer one, only the fact is handed on.
    public var messageLimit: Int
    /// The time until the server has agreed to speak WebSocket.
    public var connectLimit: Duration
    /// A quiet server is sent a ping that often, so that a dead connection shows.
    public var pingInterval: Duration
    /// The longest silence, answers to pings and all, not counting time in which the reader takes
    /// nothing.
    public var silenceLimit: Duration

    public init(
        _ address: Address, headers: Headers = [:], messageLimit: Int = 4 << 20,
        connectLimit: Duration = .seconds(15),
        pingInterval: Duration = .seconds(20), silenceLimit: Duration = .seconds(45)
    ) {
        self.address = address
        self.headers = headers
        self.messageLimit = messageLimit
        self.connectLimit = connectLimit
        self.pingInterval = pingInterval
        self.silenceLimit = silenceLimit
    }
}
