import Transport

/// A stream that is read as it goes, over as many connections as it takes.
struct LiveStream: Sendable {
    /// Waits for what comes next over a connection; nil is its end.
    typealias Bytes = @Sendable () async throws(LiveFailure) -> [UInt8]?

    /// Opens the stream, for the first time or again.
    let open: @Sendable (_ isFirst: Bool) async throws(LiveFailure) -> Bytes
    let pauses: ReconnectPolicy
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// What the reader of the bytes says to a chunk.
    enum Verdict {
        case goOn
        /// The server said that it ends the stream; nothing is amiss with us.
        case reconnect
        /// The server said that it ends the stream, and that we ask for too much.
        case wait
        /// What is wanted has been read, or no more can be.
        case stop
    }

    /// Hands on the bytes as they come, nil at the end of each connection, until the task is cancelled,
    /// `take` says to stop, or the server will never stream to us.
    func read(_ take: (_ bytes: [UInt8]?) async -> Verdict) async -> Connections {
        var connections = Connections()
        var attempts = pauses.begin()
        while !Task.isCancelled {
            var pause: Duration?
            var heard = ContinuousClock.now
            do throws(LiveFailure) {
                let next = try await open(!connections.hasConnected)
                connections.opened()
                heard = .now
                var verdict = Verdict.goOn
                while verdict == .goOn, let chunk = try await next() {
                    heard = .now
                    verdict = await take(chunk)
                    // Greetings and beats hold no record: whoever sends those alone is asked ever later.
                    if verdict == .goOn, chunk.contains(UInt8(ascii: "{")) { attempts.succeeded() }
                }
                connections.closed()
                pause =
                    switch verdict {
                    case .stop: nil
                    case .wait: attempts.next(by: pauses.limit)
                    case .goOn, .reconnect: attempts.next()
                    }
            } catch {
                connections.closed(at: error.isSilence ? heard : .now)
                switch error {
                case .network: pause = attempts.next()
                case .server: pause = attempts.next(by: pauses.server)
                case .limit(_, let asked):
                    let usual = attempts.next(by: pauses.limit)
                    pause = asked ?? usual
                case .final, .cancelled: pause = nil
                }
                if let reason = error.reason {
                    connections.fail(reason, isFinal: pause == nil)
                }
            }
            guard let pause, await take(nil) != .stop else { break }
            try? await sleep(pause)
        }
        return connections
    }
}

/// Why there is no connection, or none any more.
enum LiveFailure: Error {
    /// The network; it may heal.
    case network(SnapshotError)
    /// The server answered with an error of its own.
    case server(SnapshotError)
    /// The server's limit was reached; how long it asks to wait, if it says.
    case limit(SnapshotError, asked: Duration?)
    /// The server will never stream to us.
    case final(SnapshotError)
    case cancelled

    init(_ error: TransportError) {
        self =
            error == .cancelled
            ? .cancelled : error.isTransient ? .network(.network(error)) : .final(.network(error))
    }

    /// Whether a connection that was thought to be one brought nothing any more.
    var isSilence: Bool {
        if case .network(.network(.silent)) = self { true } else { false }
    }

    var reason: SnapshotError? {
        switch self {
        case .network(let error), .server(let error), .limit(let error, _), .final(let error): error
        case .cancelled: nil
        }
    }
}

extension LiveStream {
    /// The messages of a WebSocket, each as a line.
    static func webSocket(
        certificates: String?, pauses: ReconnectPolicy,
        request: @escaping @Sendable () throws(TransportError) -> WebSocketRequest
    ) -> LiveStream {
        LiveStream(
            open: { _ throws(LiveFailure) in
                let socket: WebSocket
                do throws(TransportError) {
                    socket = try await WebSocket.open(request(), certificates: certificates)
                } catch {
                    throw LiveFailure(error)
                }
                return { () async throws(LiveFailure) in
                    do throws(TransportError) {
                        return try await socket.next().bytes.dropLast(MessageBatch.padding)
                    } catch .closed {
                        return nil
                    } catch {
                        throw LiveFailure(error)
                    }
                }
            }, pauses: pauses)
    }

    /// The body of an HTTP answer that does not end.
    ///
    /// - Parameters:
    ///   - request: opens the stream, for the first time or again.
    ///   - refusal: why an answer is no stream, for people.
    ///   - doubt: the same of one whose status is good; nil if it may be one.
    ///   - clock: told what time it is at the server, which is called `server`.
    static func http(
        over client: HTTPClient, pauses: ReconnectPolicy,
        request: @escaping @Sendable (_ isFirst: Bool) throws(TransportError) -> Request,
        refusal: @escaping @Sendable (_ status: Int, _ headers: Headers) -> SnapshotError,
        doubt: @escaping @Sendable (_ headers: Headers) -> SnapshotError? = { _ in nil },
        clock: OutsideClock, of server: String
    ) -> LiveStream {
        LiveStream(
            open: { isFirst throws(LiveFailure) in
                let transfer: Transfer
                do throws(TransportError) {
                    transfer = try await client.open(request(isFirst))
                } catch {
                    throw LiveFailure(error)
                }
                clock.take(date: transfer.headers["Date"], of: server)
                if transfer.status == 200 {
                    if let reason = doubt(transfer.headers) { throw .server(reason) }
                    return { () async throws(LiveFailure) in
                        do throws(TransportError) {
                            return try await transfer.next()
                        } catch {
                            throw LiveFailure(error)
                        }
                    }
                }
                let reason = refusal(transfer.status, transfer.headers)
                switch transfer.status {
                case let status where RequestPace.isLimit(status):
                    var pace = RequestPace()
                    pace.take(
                        status: status, headers: transfer.headers, at: .now, now: .now(),
                        unsaid: nil)
                    throw .limit(reason, asked: pace.notBefore.map { $0 - .now })
                case 500...: throw .server(reason)
                default: throw .final(reason)
                }
            }, pauses: pauses)
    }
}
