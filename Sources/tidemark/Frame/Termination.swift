import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM as cancellation: the first one cancels the run, which closes what it has
/// open and ends; another one, a second later or more, ends the process at once.
enum Termination {
    /// Runs `body` as a child that a signal cancels.
    ///
    /// - Throws: what `body` throws; `Terminated` instead of `CancellationError` if a signal was
    ///   the reason.
    static func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let (signals, continuation) = AsyncStream.makeStream(
            of: Int32.self, bufferingPolicy: .bufferingOldest(1))
        let order = Mutex(StopOrder())
        let sources = [SIGINT, SIGTERM].map { signal in
            watch(signal) {
                switch order.withLock({ $0.take() }) {
                case .cancel: continuation.yield(signal)
                case .repetition: break
                case .endAtOnce: end(by: signal)
                }
            }
        }
        defer { for source in sources { source.cancel() } }

        return try await withThrowingTaskGroup(of: Event<Result>.self) { group in
            group.addTask { .ended(try await body()) }
            group.addTask {
                for await signal in signals { return .signalled(signal) }
                throw CancellationError()
            }
            defer { group.cancelAll() }
            var received: Int32?
            do {
                while let event = try await group.next() {
                    switch event {
                    case .ended(let result): return result
                    case .signalled(let signal):
                        received = signal
                        group.cancelAll()
                    }
                }
            } catch {
                // Cancelled work may end with any error of its own.
                throw received.map { Terminated(signal: $0) as any Error } ?? error
            }
            throw CancellationError()
        }
    }

    /// Ends this process the way an unhandled signal would, so that the caller's shell sees it.
    static func end(by signal: Int32) -> Never {
        Glibc.signal(signal, SIG_DFL)
        // The threads of tasks and of Dispatch block signals.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, signal)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(signal)
        _exit(128 + signal)
    }

    private static func watch(
        _ signal: Int32, _ body: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        // Dispatch reports a signal only when its own disposition does not end the process.
        Glibc.signal(signal, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: signal)
        source.setEventHandler(handler: body)
        source.resume()
        return source
    }

    private enum Event<Result: Sendable>: Sendable {
        case ended(Result)
        case signalled(Int32)
    }
}

/// A signal ended the run.
struct Terminated: Error, Hashable, CustomStringConvertible {
    let signal: Int32

    var description: String {
        "stopped by \(signal == SIGINT ? "SIGINT" : "SIGTERM"); the next run goes on from here"
    }
}
