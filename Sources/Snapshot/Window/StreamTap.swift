import Decode

/// Gets the bytes of live streams as they come, besides the window that they are read for.
public protocol StreamTap: Sendable {
    /// A stream begins to be read, over one connection or several. Gives what its bytes are handed to, one chunk after
    /// the other; nil is the end of a connection. It may wait, and the stream then waits too.
    func begin(_ format: PostFormat) -> @Sendable (_ bytes: [UInt8]?) async -> Void
}
