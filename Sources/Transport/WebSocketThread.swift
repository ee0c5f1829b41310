import CCurl
import Glibc
import Synchronization
import Text

/// The owner of a WebSocket's handles and of the one thread that reads it.
///
/// A thread and `curl_ws_recv`, not a write callback in the `CurlLoop`: what is not asked for is not
/// read, so that a slow reader holds the sender back, whereas a paused callback loses the borders
/// between frames (seen with libcurl 8.14.1).
///
/// Rule of the handles: all calls of curl are made on that thread, but for `curl_multi_wakeup`, which
/// curl allows anywhere, and which is called under the lock that also guards the end of the handle.
/// Nothing but `box` and `wake` is touched from elsewhere. That makes `@unchecked` right.
final class WebSocketThread: @unchecked Sendable {
    let box = MessageBox()
    private let request: WebSocketRequest
    private let multi: UnsafeMutableRawPointer
    private let easy: UnsafeMutableRawPointer
    private let fields: UnsafeMutablePointer<curl_slist>?
    private let isGone = Mutex(false)
    /// The header of that name in the server's answer.
    let date = Mutex<String?>(nil)
    private let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private var assembly: MessageAssembly
    private var socket: curl_socket_t = -1
    private var lastByte = ContinuousClock.now
    private var lastMessage = ContinuousClock.now
    private var lastPing = ContinuousClock.now

    /// Bytes that are gathered before the reader has to take some.
    private static let batchLimit = 256 << 10

    /// Starts the thread, which lives until the WebSocket ends or the box is finished.
    init(_ request: WebSocketRequest, certificates: String?) throws(TransportError) {
        guard CurlLibrary.hasWebSocket else { throw .noWebSocket(version: CurlLibrary.version) }
        if let bad = request.headers.fields.first(where: { !$0.isWellFormed }) {
            throw .header(name: bad.name)
        }
        guard isCurlSetUp, let multi = curl_multi_init(), let easy = curl_easy_init() else {
            throw .unavailable(reason: "libcurl does not start")
        }
        self.request = request
        self.multi = multi
        self.easy = easy
        fields = request.headers.fields.reduce(nil) { list, field in
            curl_slist_append(list, "\(field.name): \(field.value)") ?? list
        }
        assembly = MessageAssembly(messageLimit: request.messageLimit)
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setRoute(of: easy, to: request.address, protocols: "ws,wss", certificates: certificates)
        tidemark_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        tidemark_set_pointer(easy, CURLOPT_HTTPHEADER, fields)
        tidemark_set_long(easy, CURLOPT_CONNECT_ONLY, 2)
        // Who gives up while a name is looked up does not wait for the answer.
        tidemark_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        tidemark_set_long(
            easy, CURLOPT_CONNECTTIMEOUT_MS, request.connectLimit.milliseconds)
        if request.address.scheme == "ws" { tidemark_set_socket_function(easy, holdBack) }
        do throws(TransportError) {
            try startThread { self.run() }
        } catch {
            close()
            throw error
        }
    }

    deinit {
        curl_slist_free_all(fields)
        words.deallocate()
        room.deallocate()
    }

    /// Makes the thread look at the box.
    func wake() {
        isGone.withLock { if !$0 { curl_multi_wakeup(multi) } }
    }

    // MARK: on the thread

    private func run() {
        curl_multi_add_handle(multi, easy)
        do throws(TransportError) {
            try connect()
            box.open()
            while true {
                try receive()
                try beat()
                if box.isFinished { break }
                pause()
            }
            sendClose()
        } catch {
            // Whatever was whole before the end belongs to the reader.
            while assembly.hasMessages, !box.isFinished {
                if !publish() { curl_multi_poll(multi, nil, 0, 60_000, nil) }
            }
            box.finish(error)
        }
        close()
    }

    private func close() {
        isGone.withLock { $0 = true }
        curl_multi_remove_handle(multi, easy)
        curl_easy_cleanup(easy)
        curl_multi_cleanup(multi)
    }

    private func connect() throws(TransportError) {
        let deadline = ContinuousClock.now + request.connectLimit
        var running: Int32 = 1
        while true {
            curl_multi_perform(multi, &running)
            if running == 0 { break }
            let left = deadline - .now
            if box.isFinished { throw .cancelled }
            guard left > .zero else {
                throw .silent(shown: request.address.description, limit: request.connectLimit)
            }
            curl_multi_poll(multi, nil, 0, Int32(clamping: left.milliseconds), nil)
        }
        var left: Int32 = 0
        guard let message = curl_multi_info_read(multi, &left) else {
            throw .unavailable(reason: "curl ended a request without a result")
        }
        try check(message.pointee.data.result)
        var header: UnsafeMutablePointer<curl_header>?
        // 101 is one of the answers before the last.
        curl_easy_header(easy, "Date", 0, UInt32(CURLH_HEADER | CURLH_1XX), -1, &header)
        let text = header.map { String(cString: $0.pointee.value) }
        date.withLock { $0 = text }
        tidemark_get_socket(easy, CURLINFO_ACTIVESOCKET, &socket)
        (lastByte, lastMessage, lastPing) = (.now, .now, .now)
    }

    /// Throws what is behind a result that is no success.
    private func check(_ code: CURLcode) throws(TransportError) {
        if code == CURLE_OK { return }
        var status = 0
        tidemark_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        var proxyStatus = 0
        tidemark_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &proxyStatus)
        if socket < 0, status != 0, status != 101, proxyStatus < 300 {
            var wait: curl_off_t = 0
            tidemark_get_offset(easy, CURLINFO_RETRY_AFTER, &wait)
            var location: UnsafeMutablePointer<curl_header>?
            curl_easy_header(easy, "Location", 0, UInt32(CURLH_HEADER), -1, &location)
            throw .refused(
                shown: request.address.description, status: status,
                retryAfter: wait > 0 ? .seconds(wait) : nil,
                location: location.map { Self.shown(String(cString: $0.pointee.value)) })
        }
        throw failure(code, of: easy, at: request.address, words: words)
    }

    /// A place as it may be shown: secrets can stand in what cannot be read as an address.
    private static func shown(_ location: String) -> String {
        (try? Address(location).description) ?? "another place"
    }

    /// Reads until nothing is at hand or enough is gathered.
    private func receive() throws(TransportError) {
        var (now, taken) = (ContinuousClock.now, 0)
        while !box.isFinished {
            guard publish() || assembly.byteCount < Self.batchLimit else { return }
            var count = 0
            var frame: UnsafePointer<curl_ws_frame>?
            let code = curl_ws_recv(easy, room.baseAddress, room.count, &count, &frame)
            if code == CURLE_AGAIN { break }
            if code == CURLE_GOT_NOTHING {
                throw .closed(shown: request.address.description, code: nil, reason: "")
            }
            try check(code)
            lastByte = now
            if let frame {
                try take(UnsafeRawBufferPointer(rebasing: room[..<count]), frame.pointee)
            }
            // A flood that never pauses does not keep us from the clock.
            taken += count
            if taken >= Self.batchLimit {
                (now, taken) = (.now, 0)
                try beat()
            }
        }
        _ = publish()
    }

    private func take(
        _ piece: UnsafeRawBufferPointer, _ frame: curl_ws_frame
    ) throws(TransportError) {
        if frame.flags & CURLWS_CLOSE != 0 {
            sendClose()
            let code = piece.count >= 2 ? Int(piece[0]) << 8 | Int(piece[1]) : nil
            throw .closed(
                shown: request.address.description, code: code,
                reason: terminalSafe(String(decoding: piece.dropFirst(2), as: UTF8.self)))
        }
        guard frame.flags & (CURLWS_TEXT | CURLWS_BINARY) != 0 else { return }
        let isLast = frame.flags & CURLWS_CONT == 0
        // One that never ends is none.
        if isLast, frame.bytesleft == 0 { lastMessage = lastByte }
        assembly.take(
            piece, of: frame.flags & CURLWS_TEXT != 0 ? .text : .binary,
            missing: Int(frame.bytesleft), isLast: isLast)
    }

    /// Hands over what is gathered; false if the reader has not yet taken what it was given before.
    private func publish() -> Bool {
        guard box.hasRoom else { return false }
        if assembly.hasMessages { box.put(assembly.takeBatch(reusing: box.takeSpare())) }
        return true
    }

    private var isHeldBack: Bool { assembly.byteCount >= Self.batchLimit && !box.hasRoom }

    /// Ends what has been silent for too long, and keeps a quiet connection awake.
    private func beat() throws(TransportError) {
        guard !isHeldBack else {
            (lastByte, lastMessage) = (.now, .now)
            return
        }
        let now = ContinuousClock.now
        if now - lastByte >= request.silenceLimit {
            throw .silent(shown: request.address.description, limit: request.silenceLimit)
        }
        if let patience = box.patience, now - lastMessage >= patience {
            throw .silent(shown: request.address.description, limit: patience)
        }
        if now - max(lastByte, lastPing) >= request.pingInterval {
            lastPing = now
            send(CURLWS_PING)
        }
    }

    /// Waits for bytes, for the reader, or for the next beat.
    private func pause() {
        guard !isHeldBack else {
            curl_multi_poll(multi, nil, 0, 60_000, nil)
            return
        }
        var due = min(
            lastByte + request.silenceLimit, max(lastByte, lastPing) + request.pingInterval)
        if let patience = box.patience { due = min(due, lastMessage + patience) }
        var watched = curl_waitfd(fd: socket, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        let left = (due - .now).milliseconds
        curl_multi_poll(multi, &watched, 1, Int32(clamping: left), nil)
    }

    private func sendClose() { send(CURLWS_CLOSE) }

    /// Sends a control frame without a word; one that does not fit now is not worth waiting for.
    private func send(_ kind: Int32) {
        var sent = 0
        curl_ws_send(easy, "", 0, &sent, 0, UInt32(kind))
    }
}

/// Keeps the system from having more at hand than libcurl reads at once.
///
/// One call of `curl_ws_recv` (8.14.1) reads on for as long as what is at hand fills its chunks of
/// 64 KiB: a sender faster than we are grew the process by the whole stream. TLS comes in records of
/// 16 KiB and never fills one. Plain text comes from this machine alone; the system keeps up to twice
/// the size named here of it, in segments that are small against that, or it crawls.
private let holdBack: tidemark_socket_function = { _, socket, _ in
    func set(_ option: Int32, of level: Int32, to value: Int32) {
        var value = value
        setsockopt(socket, level, option, &value, socklen_t(MemoryLayout.size(ofValue: value)))
    }
    set(SO_RCVBUF, of: SOL_SOCKET, to: 32 << 10)
    set(TCP_MAXSEG, of: Int32(IPPROTO_TCP), to: 4 << 10)
    return CURL_SOCKOPT_OK
}
