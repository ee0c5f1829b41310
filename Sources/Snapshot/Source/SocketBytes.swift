import Decode
import Dispatch
import Glibc

/// The bytes that a TCP peer sends. Owns the connection; one reader at a time.
final class SocketBytes: Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "socket")

    /// Connects to `host:port` on a thread of its own: looking up a name and connecting block.
    ///
    /// Cancellation does not end what blocks, but the wait for it.
    static func open(
        host: String, port: String, until deadline: ContinuousClock.Instant
    ) async throws(SocketFailure) -> SocketBytes {
        let (results, continuation) = AsyncStream.makeStream(
            of: Result<SocketBytes, SocketFailure>.self, bufferingPolicy: .bufferingOldest(1))
        DispatchQueue(label: "connect").async {
            continuation.yield(
                Result { () throws(SocketFailure) in
                    try SocketBytes(host: host, port: port, until: deadline)
                })
            continuation.finish()
        }
        for await result in results { return try result.get() }
        throw SocketFailure(reason: "cancelled")
    }

    private init(
        host: String, port: String, until deadline: ContinuousClock.Instant
    ) throws(SocketFailure) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, port, &hints, &found)
        guard code == 0 else { throw SocketFailure(reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(found) }
        var failure = SocketFailure(reason: "no address")
        for address in sequence(first: found, next: { $0?.pointee.ai_next }) {
            guard let address = address?.pointee else { break }
            do {
                descriptor = try Self.connected(
                    to: address, timeout: (deadline - .now).inMilliseconds)
                return
            } catch {
                failure = error
            }
        }
        throw failure
    }

    deinit { close(descriptor) }

    /// What came next: bytes, the peer's end, or nothing within `milliseconds`.
    enum Arrival: Sendable {
        case bytes([UInt8])
        case end
        case nothing
    }

    /// Waits for bytes off the cooperative threads; cancellation ends the connection and the wait.
    func next(within milliseconds: Int32) async -> Arrival {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { continuation.resume(returning: self.wait(milliseconds)) }
            }
        } onCancel: {
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }

    private func wait(_ milliseconds: Int32) -> Arrival {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, milliseconds) > 0 else { return .nothing }
        let bytes = [UInt8](unsafeUninitializedCapacity: readSize) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return bytes.isEmpty ? .end : .bytes(bytes)
    }

    private static func connected(
        to address: addrinfo, timeout: Int32
    ) throws(SocketFailure) -> Int32 {
        let kind = address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.ai_family, kind, address.ai_protocol)
        guard descriptor >= 0 else { throw .last }
        if connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return descriptor }
        var failure = errno
        if failure == EINPROGRESS {
            var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            failure = poll(&watched, 1, timeout) > 0 ? 0 : ETIMEDOUT
            var length = socklen_t(MemoryLayout<Int32>.size)
            if failure == 0 { getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &length) }
        }
        guard failure == 0 else {
            close(descriptor)
            throw SocketFailure(reason: String(cString: strerror(failure)))
        }
        return descriptor
    }
}

extension Duration {
    /// Rounded up, so that a wait for it does not end too early; 0 to 2^31 - 1.
    var inMilliseconds: Int32 {
        Int32(clamping: Int(max(0, self / .milliseconds(1)).rounded(.up)))
    }
}

/// Why a socket could not be connected, in the system's words.
struct SocketFailure: Error {
    var reason: String

    static var last: SocketFailure { SocketFailure(reason: String(cString: strerror(errno))) }
}
