/// Sends requests over connections it keeps, all from one thread of its own.
///
/// TLS certificates are verified always, redirects are answers like any other, and no request is
/// tried twice. When the last reference goes, the connections are closed.
public final class HTTPClient: Sendable {
    let loop: CurlLoop
    private let certificates: String?

    /// - Parameters:
    ///   - maxActive: how many requests run at once, streams among them; the rest wait for their
    ///     turn.
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    public init(maxActive: Int = 32, certificates: String? = nil) throws(TransportError) {
        loop = try CurlLoop(maxActive: maxActive)
        self.certificates = certificates
    }

    deinit {
        loop.post(.stop)
    }

    /// The whole answer, at most `request.responseLimit` bytes of body.
    public func send(_ request: Request) async throws(TransportError) -> Response {
        let transfer = try await open(request)
        var body: [UInt8] = []
        while let chunk = try await transfer.next() {
            guard body.count + chunk.count <= request.responseLimit else {
                throw .tooLong(
                    shown: request.address.description, byteLimit: request.responseLimit)
            }
            body += chunk
        }
        return Response(status: transfer.status, headers: transfer.headers, body: body)
    }

    /// Returns once status and headers are there; the body is pulled from the transfer.
    public func open(_ request: Request) async throws(TransportError) -> Transfer {
        let exchange = Exchange(
            request, certificates: certificates, inbox: Inbox(capacity: 256 << 10))
        let head: Result<Inbox.Head, TransportError> = await withTaskCancellationHandler {
            loop.post(.start(exchange))
            do throws(TransportError) {
                return .success(try await exchange.inbox.head())
            } catch {
                return .failure(error)
            }
        } onCancel: {
            exchange.inbox.finish(.failure(.cancelled))
            loop.post(.cancel(exchange))
        }
        return Transfer(try head.get(), exchange, self)
    }
}
