import Foundation
import Glibc

/// A TCP peer that listens on loopback and serves one connection after another, each as told.
final class TestPeer: Sendable {
    let port: UInt16

    /// What to do with a connection: send these pieces, then close, or stay silent until the other end
    /// closes.
    enum Service: Sendable {
        case send([[UInt8]])
        case sendAndStay([[UInt8]])
    }

    /// Serves the connections in order, then closes the listener.
    init(_ services: [Service]) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, length)
                _ = getsockname(listener, $0, &length)
            }
        }
        listen(listener, 8)
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread {
            for next in services {
                let connection = accept(listener, nil, nil)
                switch next {
                case .send(let pieces): Self.send(pieces, over: connection)
                case .sendAndStay(let pieces):
                    Self.send(pieces, over: connection)
                    var byte: UInt8 = 0
                    _ = recv(connection, &byte, 1, 0)
                }
                close(connection)
            }
            close(listener)
        }
    }

    var address: String { "127.0.0.1:\(port)" }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = port.bigEndian
        return address
    }

    private static func send(_ pieces: [[UInt8]], over connection: Int32) {
        var yes: Int32 = 1
        setsockopt(
            connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        for piece in pieces {
            _ = piece.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
        }
    }
}
