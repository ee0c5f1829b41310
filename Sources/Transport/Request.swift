/// One request: where, how, with what, and how much of an answer is bearable.
public struct Request: Sendable {
    /// The method of a request (RFC 9110 §9).
    public enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case put = "PUT"
        case post = "POST"
        case delete = "DELETE"
    }

    public var method: Method
    public var address: Address
    /// Names and values must be of one line; `Host` and `Content-Length` are curl's to write.
    public var headers: Headers
    /// Nil for none, which is not the same as one of no bytes.
    public var body: [UInt8]?
    /// The most bytes of body that `HTTPClient.send` collects; `open` hands on any number.
    public var responseLimit: Int
    /// The time to connect and to agree on TLS.
    public var connectLimit: Duration
    /// The longest silence: no byte sent or received, not counting time in which the reader takes
    /// nothing.
    public var silenceLimit: Duration
    /// The time for all of it; nil for streams.
    public var timeLimit: Duration?
    /// Whether to ask for and undo gzip; leave it off for streams, where it delays chunks.
    public var isCompressed: Bool

    public init(
        _ method: Method = .get, _ address: Address, headers: Headers = [:], body: [UInt8]? = nil,
        responseLimit: Int = 8 << 20, connectLimit: Duration = .seconds(15),
        silenceLimit: Duration = .seconds(30), timeLimit: Duration? = .seconds(300),
        isCompressed: Bool = false
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.responseLimit = responseLimit
        self.connectLimit = connectLimit
        self.silenceLimit = silenceLimit
        self.timeLimit = timeLimit
        self.isCompressed = isCompressed
    }
}
