/// One framed message of a stream. Borrowed from the framer: not to be kept beyond its next step.
struct Record {
    /// The event's name in server-sent events, `data` alone being `message`; nil in other framings.
    var event: JSONText?
    /// The message; `JSONParser.padding` readable bytes follow. Nil if it was too long to keep.
    var text: UnsafeBufferPointer<UInt8>?
}
