/// A WebSocket (RFC 6455) whose messages are pulled by one reader.
///
/// TLS certificates are verified always, redirects are refused, pings are answered and sent. While
/// nobody pulls, about half a megabyte of messages is kept, and the sender has to wait. Letting go
/// of it, or cancelling the task that reads it, ends it.
public final class WebSocket: Sendable {
    private let thread: WebSocketThread

    private init(_ thread: WebSocketThread) { self.thread = thread }

    deinit { cancel() }

    /// The `Date` of the server's agreement; nil if it told none.
    public var date: String? { thread.date.withLock { $0 } }

    /// Returns when the server has agreed.
    ///
    /// - Parameter certificates: a PEM file of authorities to trust in the place of the system's.
    public static func open(
        _ request: WebSocketRequest, certificates: String? = nil
    ) async throws(TransportError) -> WebSocket {
        let socket = WebSocket(try WebSocketThread(request, certificates: certificates))
        try await socket.cancelling { box, _ throws(TransportError) in try await box.opened() }
        return socket
    }

    /// The messages that came since the last call, at least one.
    ///
    /// - Parameter patience: the longest time without a message, pings being none; it is over when
    ///   that long has gone by since the last one.
    /// - Throws: `closed`, `silent` or `failed` after the last message, `cancelled`.
    public func next(within patience: Duration? = nil) async throws(TransportError) -> MessageBatch
    {
        try await cancelling { box, wake throws(TransportError) in
            try await box.next(within: patience, wake: wake)
        }
    }

    /// Gives back a batch that was read, the last copy of it: its memory is used again, which spares half
    /// of the work of a fast stream.
    public func reuse(_ batch: consuming MessageBatch) { thread.box.giveBack(batch) }

    /// Ends it now; what has come and was not read is dropped.
    public func cancel() {
        thread.box.finish(.cancelled)
        thread.wake()
    }

    /// Waits for the thread; cancellation ends the WebSocket and the wait.
    private func cancelling<Value: Sendable>(
        _ body: (MessageBox, @Sendable () -> Void) async throws(TransportError) -> Value
    ) async throws(TransportError) -> Value {
        let result: Result<Value, TransportError> = await withTaskCancellationHandler {
            do throws(TransportError) {
                return .success(try await body(thread.box) { self.thread.wake() })
            } catch {
                return .failure(error)
            }
        } onCancel: {
            cancel()
        }
        return try result.get()
    }
}
