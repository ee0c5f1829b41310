import Glibc
import Synchronization

/// Records as lines, to whoever connects: one reader at a time, as a source of kind `socket` is one.
///
/// What a reader that goes away had not read is lost to it. Without a reader the source waits.
public final class RelaySocket: RelayTarget {
    private struct State {
        var client: Int32?
        var marks = 0
    }

    private let listener: Int32
    private let state = Mutex(State())
    private static let pause: Int32 = 100

    /// Listens there.
    public init(host: String, port: UInt16) throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        func refused(_ reason: String) -> SnapshotError {
            .refused(address: "\(host):\(port)", reason: "cannot be listened on: \(reason)")
        }
        guard code == 0, let address = found?.pointee else {
            throw refused(String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(found) }
        listener = socket(
            address.ai_family,
            address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(
            listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard listener >= 0, bind(listener, address.ai_addr, address.ai_addrlen) == 0,
            listen(listener, 4) == 0
        else {
            let reason = String(cString: strerror(errno))
            close(listener)
            throw refused(reason)
        }
    }

    deinit {
        state.withLock { state in if let client = state.client { close(client) } }
        close(listener)
    }

    public func write(_ record: RelayedRecord, isStopped: () -> Bool) throws {
        let line = record.text + [UInt8(ascii: "\n")]
        try state.withLock { state in
            while !send(line, &state, isStopped) {
                if isStopped() { throw CancellationError() }
                guard state.client == nil else { continue }
                var watched = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
                guard poll(&watched, 1, Self.pause) > 0 else { continue }
                let client = accept(listener, nil, nil)
                guard client >= 0 else { continue }
                _ = fcntl(client, F_SETFL, O_NONBLOCK)
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                state.client = client
            }
        }
    }

    /// False if it could not be sent whole: there is no reader, or none any more.
    private func send(
        _ line: [UInt8], _ state: inout State, _ isStopped: () -> Bool
    ) -> Bool {
        guard let client = state.client else { return false }
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN, !isStopped() {
                var watched = pollfd(fd: client, events: Int16(POLLOUT), revents: 0)
                poll(&watched, 1, Self.pause)
            } else {
                close(client)
                state.client = nil
                return false
            }
        }
        return true
    }

    public func mark() -> Int {
        state.withLock { state in
            state.marks += 1
            return state.marks
        }
    }

    public func settled() -> Int? { state.withLock { $0.marks > 0 ? $0.marks : nil } }
}
