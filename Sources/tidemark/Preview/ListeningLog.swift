import FlyingSocks

/// Hears from the server's log that it listens, and where.
///
/// The server's own way to wait for that (`waitUntilListening`, FlyingFox 0.27) can hang for good
/// when the port is refused; its log line comes between `listen` and the first `accept`.
struct ListeningLog: Logging {
    private static let listening = "starting server "

    /// Called with `127.0.0.1:8080`.
    let ready: @Sendable (String) -> Void

    func logInfo(_ text: @autoclosure () -> String) {
        let text = text()
        if text.hasPrefix(Self.listening) { ready(String(text.dropFirst(Self.listening.count))) }
    }

    func logDebug(_ text: @autoclosure () -> String) {}
    func logWarning(_ text: @autoclosure () -> String) {}
    func logError(_ text: @autoclosure () -> String) {}
    func logCritical(_ text: @autoclosure () -> String) {}
}
