/// One framed message of a stream. Borrowed from the framer: not to be kept beyond its next step.
public struct Record {
    /// The event's name in server-sent events, `data` alone being `message`; nil in other framings.
    public var event: JSONText?
    /// The message; `JSONParser.padding` readable bytes follow. Nil if it was too long to keep.
    public var text: UnsafeBufferPointer<UInt8>?

    public init(event: JSONText? = nil, text: UnsafeBufferPointer<UInt8>? = nil) {
        (self.event, self.text) = (event, text)
    }
}
