import Archive
import Decode

/// Lines that a TCP peer sends, in any of the formats, read for a while within the running slot.
///
/// The peer listens and we connect, as Spark's socket source did. A lost connection is made again
/// until the window ends; the time without one is missing from the coverage.
public struct SocketSource: PostSource {
    public let name: String
    public let isScheduled = true
    let host: String
    let port: String
    private let format: PostFormat
    private let grammar: Grammar?

    private static let connectTimeout = Duration.seconds(10)

    public init(
        name: String, host: String, port: UInt16, format: PostFormat, grammar: Grammar? = nil
    ) {
        self.name = name
        self.host = host
        self.port = String(port)
        self.format = format
        self.grammar = grammar
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard let window = try LiveWindow(request, of: name) else { return }
        var reading = StreamReading(rules: request.rules, format: format, grammar: grammar)
        var connections = Connections(from: window.begin)
        var attempts = ReconnectPolicy.standard.begin()
        while !Task.isCancelled && .now < window.end {
            do throws(SocketFailure) {
                let socket = try await SocketBytes.open(
                    host: host, port: port,
                    until: min(window.end, .now + Self.connectTimeout))
                connections.opened()
                if await read(socket, until: window.end, into: &reading, for: request) {
                    attempts.succeeded()
                }
                connections.closed()
            } catch {
                connections.fail(
                    .unreachable(address: "\(host):\(port)", reason: error.reason), isFinal: false)
            }
            if let pause = attempts.next() {
                try? await Task.sleep(until: min(window.end, .now + pause), clock: .continuous)
            }
        }
        guard connections.hasConnected else {
            // Whoever stopped before anything was read leaves the slot to the next run.
            try Task.checkCancellation()
            throw connections.failure ?? .noAnswer(address: "\(host):\(port)")
        }
        try await archive(
            window.closed(
                of: name, tally: reading.ledger.tally(keeping: request.top), over: [connections]))
        try Task.checkCancellation()
    }

    /// Reads until the peer or the window ends; false if nothing came.
    private func read(
        _ socket: SocketBytes, until end: ContinuousClock.Instant,
        into reading: inout StreamReading,
        for request: WindowRequest
    ) async -> Bool {
        defer { reading.endConnection() }
        var received = false
        while !Task.isCancelled && .now < end {
            switch await socket.next(within: (end - .now).inMilliseconds) {
            case .bytes(let bytes):
                received = true
                reading.take(bytes)
                // What cannot be counted now cannot be at the window's end, which says so.
                try? request.watcher?.look(at: name, reading.ledger, keeping: request.top)
            case .end: return received
            case .nothing: continue
            }
        }
        return received
    }
}
