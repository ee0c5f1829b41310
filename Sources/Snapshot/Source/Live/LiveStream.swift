import Glibc
import Tasks
import Transport

/// A stream over HTTP that is read for a while, over as many connections as it takes.
struct LiveStream: Sendable {
    let client: HTTPClient
    /// What opens the stream, for the first time or again.
    let request: @Sendable (_ isFirst: Bool) throws(TransportError) -> Request
    let pauses: ReconnectPolicy
    /// Why an answer is no stream, for people.
    let refusal: @Sendable (_ status: Int, _ headers: Headers) -> SnapshotError

    /// What the reader of the bytes says to a chunk.
    enum Verdict {
        case goOn
        /// The server said that it ends the stream; nothing is amiss with us.
        case reconnect
        /// What is wanted has been read, or no more can be.
        case stop
    }

    /// Hands on the bytes as they come, nil at the end of each connection, until the task is cancelled,
    /// `take` says to stop, or the server will never stream to us.
    func read(_ take: (_ bytes: [UInt8]?) -> Verdict) async -> Connections {
        var connections = Connections()
        var attempts = pauses.begin()
        while !Task.isCancelled {
            var pause: Duration?
            do throws(TransportError) {
                let transfer = try await client.open(request(!connections.hasConnected))
                if transfer.status == 200 {
                    connections.opened()
                    defer { connections.closed() }
                    var verdict = Verdict.goOn
                    while verdict == .goOn, let chunk = try await transfer.next() {
                        attempts.succeeded()
                        verdict = take(chunk)
                    }
                    pause = verdict == .stop ? nil : attempts.next()
                } else {
                    pause = self.pause(after: transfer, &attempts)
                    connections.fail(
                        refusal(transfer.status, transfer.headers), isFinal: pause == nil)
                }
            } catch {
                if error != .cancelled {
                    pause = error.isTransient ? attempts.next() : nil
                    connections.fail(.network(error), isFinal: pause == nil)
                }
            }
            guard let pause, take(nil) != .stop else { break }
            try? await Task.sleep(for: pause)
        }
        return connections
    }

    /// How long to wait after an answer that is no stream; nil if there is no use in waiting.
    private func pause(
        after transfer: Transfer, _ attempts: inout Attempts
    ) -> Duration? {
        switch transfer.status {
        case 429:
            var pace = RequestPace()
            pace.take(
                status: 429, headers: transfer.headers, at: .now, now: Int64(time(nil)),
                unsaid: attempts.next(by: pauses.limit) ?? .zero)
            return pace.notBefore.map { $0 - .now }
        case 500...: return attempts.next(by: pauses.server)
        default: return nil
        }
    }
}
