import Glibc

/// Runs `body` on a detached thread of its own, where a peer that went away raises no SIGPIPE:
/// OpenSSL writes without MSG_NOSIGNAL.
func startThread(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
    final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            var pipe = sigset_t()
            sigemptyset(&pipe)
            sigaddset(&pipe, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &pipe, nil)
            Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
            return nil
        }, work.toOpaque())
    guard code == 0 else {
        work.release()
        throw .unavailable(reason: String(cString: strerror(code)))
    }
    pthread_detach(thread)
}
