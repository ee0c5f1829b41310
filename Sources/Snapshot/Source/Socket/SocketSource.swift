import Decode

/// Lines that a TCP peer sends, in any of the formats, read for a while within the running slot.
///
/// The peer listens and we connect, as Spark's socket source did. A lost connection is made again
/// until the window ends; the time without one is missing from the coverage.
public struct SocketSource: PostSource {
    public let name: String
    public let availability = Availability.live
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
        try await window.read(
            .tcp(host: host, port: port, timeout: Self.connectTimeout), of: name, in: format,
            grammar, for: request, from: "\(host):\(port)", archive: archive)
    }
}

extension SocketSource {
    public func check() async -> [SourceCheck] {
        let subject = "\(host):\(port)"
        do throws(SocketFailure) {
            _ = try await SocketBytes.open(host: host, port: port, until: .now + .seconds(5))
            return [SourceCheck(subject, "somebody answers")]
        } catch {
            return [
                SourceCheck(
                    subject,
                    "nobody answers: \(error.reason); is the program that sends the posts running?",
                    isWrong: true)
            ]
        }
    }
}

extension LiveStream {
    /// What a TCP peer sends.
    fileprivate static func tcp(host: String, port: String, timeout: Duration) -> LiveStream {
        LiveStream(
            open: { _ throws(LiveFailure) in
                let socket: SocketBytes
                do throws(SocketFailure) {
                    socket = try await .open(host: host, port: port, until: .now + timeout)
                } catch {
                    throw Task.isCancelled
                        ? .cancelled
                        : .network(.unreachable(address: "\(host):\(port)", reason: error.reason))
                }
                return { () async throws(LiveFailure) in
                    while !Task.isCancelled {
                        switch await socket.next(within: .max) {
                        case .bytes(let bytes): return bytes
                        case .end: return nil
                        case .nothing: continue
                        }
                    }
                    throw .cancelled
                }
            }, pauses: .standard)
    }
}
