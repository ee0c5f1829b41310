import CKafka
import Glibc

/// Stands between librdkafka and a broker it talks to without TLS, and passes on no more of an answer than was asked
/// for.
///
/// Some brokers answer a fetch with all that a partition has, whatever limits it names, and librdkafka unpacks all of it
/// before it hands over the first message. Records may end anywhere in an answer, so the rest can be cut off: it is asked
/// for again.
final class FetchGate {
    /// To librdkafka, and to the broker.
    private let (inner, outer): (Int32, Int32)
    private var requests = FetchRequests()
    private var block = [UInt8](repeating: 0, count: 1 << 16)

    /// Longer answers to a fetch are cut.
    private static let most = 2 << 20
    private static let connectSeconds: Int32 = 5

    /// Either side has gone, or the broker says what is none of Kafka.
    struct Closed: Error {}

    /// Makes clients of this configuration connect through a gate.
    static func stand(before configuration: OpaquePointer?) {
        rd_kafka_conf_set_connect_cb(configuration) { socket, address, length, _, _ in
            guard let address else { return EINVAL }
            return FetchGate.open(socket, to: address, socklen_t(length))
        }
    }

    /// Connects, and makes `socket` the one end of a gate; gives zero, or an error's number.
    private static func open(
        _ socket: Int32, to address: UnsafePointer<sockaddr>, _ length: socklen_t
    ) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let outer = Glibc.socket(Int32(address.pointee.sa_family), kind, 0)
        guard outer >= 0 else { return errno }
        if let code = failure(connecting: outer, to: address, length) {
            close(outer)
            return code
        }
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
            defer { close(outer) }
            return errno
        }
        _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
        // The socket is librdkafka's, which goes on to use its number.
        dup2(pair[0], socket)
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        close(pair[0])
        let gate = Unmanaged.passRetained(FetchGate(inner: pair[1], outer: outer))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { gate in
                if let gate { Unmanaged<FetchGate>.fromOpaque(gate).takeRetainedValue().run() }
                return nil
            }, gate.toOpaque())
        if code == 0 { pthread_detach(thread) } else { gate.release() }
        return code
    }

    private static func failure(
        connecting socket: Int32, to address: UnsafePointer<sockaddr>, _ length: socklen_t
    ) -> Int32? {
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        if connect(socket, address, length) != 0 {
            guard errno == EINPROGRESS else { return errno }
            var watched = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            guard poll(&watched, 1, connectSeconds * 1000) > 0 else { return ETIMEDOUT }
            var (code, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
            getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &size)
            if code != 0 { return code }
        }
        var yes: Int32 = 1
        for (level, option) in [(Int32(IPPROTO_TCP), TCP_NODELAY), (SOL_SOCKET, SO_KEEPALIVE)] {
            setsockopt(socket, level, option, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
        return nil
    }

    private init(inner: Int32, outer: Int32) { (self.inner, self.outer) = (inner, outer) }

    deinit {
        close(inner)
        close(outer)
    }

    /// Until either side goes.
    private func run() {
        do throws(Closed) {
            while true {
                if try isAnswered() { try passAnswer() } else { try passRequests() }
            }
        } catch {}
    }

    /// Waits for either side; whether it is the broker that says something.
    private func isAnswered() throws(Closed) -> Bool {
        var watched = [outer, inner].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while true {
            if poll(&watched, 2, -1) < 0, errno != EINTR { throw Closed() }
            if watched[0].revents != 0 { return true }
            if watched[1].revents != 0 { return false }
        }
    }

    private func passRequests() throws(Closed) {
        let count = recv(inner, &block, block.count, 0)
        guard count > 0 else { throw Closed() }
        requests.take(block[..<count])
        try write(block[..<count], to: outer)
    }

    private func passAnswer() throws(Closed) {
        let head = try read(8)
        var left = Int(head[..<4].number) - 4
        guard left >= 0 else { throw Closed() }
        if let version = requests.version(ofFetch: head[4...].number), left > Self.most {
            var cut = FetchCut(head, left, version)
            return try write(try cut.bytes(of: self)[...], to: inner)
        }
        try write(head[...], to: inner)
        while left > 0 {
            let count = try receive(left)
            try write(block[..<count], to: inner)
            left -= count
        }
    }

    /// The next bytes that the broker says, so many.
    func read(_ count: Int) throws(Closed) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count { bytes += block[..<(try receive(count - bytes.count))] }
        return bytes
    }

    func skip(_ count: Int) throws(Closed) {
        var left = count
        while left > 0 { left -= try receive(left) }
    }

    /// Fills the block; gives how far.
    private func receive(_ most: Int) throws(Closed) -> Int {
        try wait(for: outer, POLLIN)
        let count = recv(outer, &block, min(most, block.count), 0)
        guard count > 0 else { throw Closed() }
        return count
    }

    private func write(_ bytes: ArraySlice<UInt8>, to socket: Int32) throws(Closed) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try wait(for: socket, POLLOUT)
            } else {
                throw Closed()
            }
        }
    }

    /// Until the socket is ready, and no longer than librdkafka keeps its end open.
    private func wait(for socket: Int32, _ event: Int32) throws(Closed) {
        var watched = [
            pollfd(fd: socket, events: Int16(event), revents: 0),
            pollfd(fd: inner, events: 0, revents: 0),
        ]
        while watched[0].revents == 0 {
            if poll(&watched, 2, -1) < 0, errno != EINTR { throw Closed() }
            if watched[1].revents & Int16(POLLHUP | POLLERR) != 0 { throw Closed() }
        }
    }
}
