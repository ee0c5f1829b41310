/// An answer whose body is still coming: status and headers, then chunks of bytes, pulled by one
/// reader.
///
/// Chunks are cut anywhere. While nobody pulls, at most a quarter of a megabyte is kept and the
/// sender has to wait. Letting go of the transfer, or cancelling the task that reads it, ends it; a
/// reader is then told `cancelled`.
public final class Transfer: AsyncSequence, Sendable {
    public let status: Int
    public let headers: Headers
    private let exchange: Exchange
    private let client: HTTPClient

    init(_ head: Inbox.Head, _ exchange: Exchange, _ client: HTTPClient) {
        status = head.status
        headers = head.headers
        self.exchange = exchange
        self.client = client
    }

    deinit {
        cancel()
    }

    /// The bytes that came since the last call, never none; nil at the end of the body.
    public func next() async throws(TransportError) -> [UInt8]? {
        let chunk: Result<[UInt8]?, TransportError> = await withTaskCancellationHandler {
            do throws(TransportError) {
                return .success(
                    try await exchange.inbox.chunk { client.loop.post(.resume(exchange)) })
            } catch {
                return .failure(error)
            }
        } onCancel: {
            cancel()
        }
        return try chunk.get()
    }

    /// Ends it now; what has come and was not read is dropped.
    public func cancel() {
        exchange.inbox.finish(.failure(.cancelled))
        client.loop.post(.cancel(exchange))
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        let transfer: Transfer

        public mutating func next() async throws(TransportError) -> [UInt8]? {
            try await transfer.next()
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TransportError) -> [UInt8]? {
            try await transfer.next()
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(transfer: self)
    }
}
