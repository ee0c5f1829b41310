import Dispatch
import Glibc

/// A TCP server on loopback that sends the same bytes to everyone who connects, asking nothing.
final class LineServer: Sendable {
    let port: UInt16
    /// Has an element for each client that took all bytes.
    let sent: AsyncStream<Void>
    private let listener: Int32

    struct Failure: Error { let code: Int32 }

    /// - Parameter closes: ends each connection after the bytes; else it stays open.
    init(_ bytes: [UInt8], closes: Bool = false) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) | listen(listener, 16)
                    | getsockname(listener, $0, &length)
            }
        }
        guard code == 0 else { throw Failure(code: errno) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        let (sent, continuation) = AsyncStream.makeStream(of: Void.self)
        self.sent = sent
        DispatchQueue.global().async {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { break }
                var done = 0
                while done < bytes.count {
                    let count = bytes.withUnsafeBytes {
                        send(
                            client, $0.baseAddress! + done, bytes.count - done,
                            Int32(MSG_NOSIGNAL))
                    }
                    if count <= 0 { break }
                    done += count
                }
                if done == bytes.count { continuation.yield() }
                // An open one ends with the tests.
                if closes { close(client) }
            }
            close(listener)
        }
    }

    /// Lets `accept` return, which closes the listener.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}
