import Glibc

/// One raw exchange with a server on 127.0.0.1: no client library tidies up what is sent.
enum LoopbackRequest {
    struct Failure: Error { let code: Int32 }

    /// Sends `text` and reads until the server closes.
    static func send(_ text: String, _ port: UInt16) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let bytes = Array(text.utf8)
        guard connected == 0, Glibc.send(descriptor, bytes, bytes.count, 0) == bytes.count else {
            throw Failure(code: errno)
        }
        var answer: [UInt8] = []
        while true {
            let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
            }
            if chunk.isEmpty { return String(decoding: answer, as: UTF8.self) }
            answer += chunk
        }
    }
}
