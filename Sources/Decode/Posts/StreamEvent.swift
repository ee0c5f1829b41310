/// What one record of a stream says.
public enum StreamEvent: Sendable {
    case post(Post)
    /// Takes out versions of the post with a lower revision; all of them if `revision` is nil.
    case deletion(post: UInt64, revision: UInt64?, time: Int64?)
    /// Takes out the author's posts whose time in microseconds is not later than `time`.
    case accountRemoval(author: UInt64, time: Int64)
    /// Neither post nor deletion.
    case notice
    /// Not what the format says it is.
    case invalid
}

/// What takes in the events of a stream, in order.
public protocol EventSink {
    mutating func record(_ event: consuming StreamEvent)
}

extension [StreamEvent]: EventSink {
    public mutating func record(_ event: consuming StreamEvent) { append(event) }
}
