import CCurl
import Glibc
import Text

/// One request and its answer: the owner of an easy handle.
///
/// Rule of the handle: `start`, `finish` and everything curl calls back run on the thread of the
/// `CurlLoop` it was handed to, and nothing but `inbox` is touched from elsewhere. That makes
/// `@unchecked` right.
final class Exchange: @unchecked Sendable {
    let inbox: Inbox
    private let request: Request
    private let certificates: String?

    private(set) var easy: UnsafeMutableRawPointer?
    private var fields: UnsafeMutablePointer<curl_slist>?
    private let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var source: BodySource?
    private var head = Inbox.Head(status: 0, headers: [:])
    private var isHeadDone = false
    private var isPaused = false
    private var lastByte = ContinuousClock.now

    init(_ request: Request, certificates: String?, inbox: Inbox) {
        self.request = request
        self.certificates = certificates
        self.inbox = inbox
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        words.deallocate()
    }

    // MARK: steps

    /// Makes the easy handle, ready to be added to a multi handle.
    func start() throws(TransportError) -> UnsafeMutableRawPointer {
        for field in request.headers.fields where !field.isWellFormed {
            throw .header(name: field.name)
        }
        source = request.body.map(BodySource.init)
        guard let easy = curl_easy_init() else { throw .unavailable(reason: "out of memory") }
        self.easy = easy
        lastByte = .now
        setRoute(
            of: easy, to: request.address, protocols: "http,https", certificates: certificates)
        setLimits(easy)
        setMessage(easy)
        setCallbacks(easy)
        return easy
    }

    /// Frees the handle, which must be out of its multi handle, and tells the reader how it ended.
    func finish(_ end: Result<Void, TransportError>) {
        if let easy { curl_easy_cleanup(easy) }
        curl_slist_free_all(fields)
        easy = nil
        fields = nil
        source = nil
        inbox.finish(end)
    }

    /// Curl's result as ours.
    func end(for code: CURLcode) -> Result<Void, TransportError> {
        if code == CURLE_OK {
            if isHeadDone { return .success(()) }
            // Curl takes headers without an end for all of them, if the connection closes there.
            return .failure(
                .failed(
                    shown: request.address.description, code: Int(CURLE_GOT_NOTHING.rawValue),
                    reason: "the connection closed in the middle of the answer's headers"))
        }
        return .failure(failure(code, of: easy, at: request.address, words: words))
    }

    /// Lets a paused stream go on; the silence is counted from now.
    func resume() {
        guard let easy, isPaused else { return }
        isPaused = false
        lastByte = .now
        curl_easy_pause(easy, 0)
    }

    /// What is left of the silence this request bears; nil while its reader is the one who waits.
    func silenceLeft(at now: ContinuousClock.Instant) -> Duration? {
        isPaused ? nil : request.silenceLimit - (now - lastByte)
    }

    var silence: TransportError {
        .silent(shown: request.address.description, limit: request.silenceLimit)
    }

    // MARK: options

    private func setLimits(_ easy: UnsafeMutableRawPointer) {
        tidemark_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, request.connectLimit.milliseconds)
        if let limit = request.timeLimit {
            tidemark_set_long(easy, CURLOPT_TIMEOUT_MS, limit.milliseconds)
        }
    }

    private func setMessage(_ easy: UnsafeMutableRawPointer) {
        if let source {
            tidemark_set_long(easy, CURLOPT_UPLOAD, 1)
            tidemark_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(source.bytes.count))
        }
        if request.method == .head {
            tidemark_set_long(easy, CURLOPT_NOBODY, 1)
        } else {
            tidemark_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        if request.isCompressed { tidemark_set_text(easy, CURLOPT_ACCEPT_ENCODING, "") }
        // Waiting for "100 Continue" costs a round trip, and a second where the server has never
        // heard of it.
        for field in request.headers.fields + [.init(name: "Expect", value: "")] {
            // "Name;" is curl's way to send a header with an empty value, "Name:" its way to leave
            // one out.
            let isOmitted = field.isNamed("Expect")
            let line =
                field.value.isEmpty && !isOmitted
                ? "\(field.name);" : "\(field.name): \(field.value)"
            fields = curl_slist_append(fields, line) ?? fields
        }
        tidemark_set_pointer(easy, CURLOPT_HTTPHEADER, fields)
    }

    private func setCallbacks(_ easy: UnsafeMutableRawPointer) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        tidemark_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        for option in [CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA] {
            tidemark_set_pointer(easy, option, me)
        }
        tidemark_set_data_function(easy, CURLOPT_READFUNCTION) { data, size, count, context in
            guard let data, let context else { return Int(CURL_READFUNC_ABORT) }
            return exchange(context).send(
                into: UnsafeMutableRawBufferPointer(start: data, count: size * count))
        }
        tidemark_set_seek_function(easy) { context, offset, origin in
            guard let context, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
            let isSought = exchange(context).source?.seek(to: Int(offset)) ?? false
            return isSought ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
        }
        tidemark_set_data_function(easy, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            exchange(context).take(
                headerLine: UnsafeRawBufferPointer(start: data, count: size * count))
            return size * count
        }
        tidemark_set_data_function(easy, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            let isTaken = exchange(context).take(
                UnsafeRawBufferPointer(start: data, count: size * count))
            return isTaken ? size * count : Int(CURL_WRITEFUNC_PAUSE)
        }
    }

    // MARK: what curl calls

    private func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        lastByte = .now
        return source?.read(into: buffer) ?? 0
    }

    private func take(headerLine line: UnsafeRawBufferPointer) {
        lastByte = .now
        guard !isHeadDone else { return }  // trailers
        let text = String(decoding: line.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // A status line; after "100 Continue" there is another.
            let status = text.utf8.split(separator: 0x20).dropFirst().first.map { String($0) ?? "" }
            head = Inbox.Head(status: status.flatMap { Int($0) } ?? 0, headers: [:])
        } else if text.isEmpty {
            isHeadDone = head.status >= 200
            if isHeadDone { inbox.deliver(head) }
        } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let value = text[text.utf8.index(after: colon)...].utf8.drop {
                $0 == 0x20 || $0 == 0x09
            }
            head.headers.fields.append(
                .init(name: String(text[..<colon]), value: String(value) ?? ""))
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastByte = .now
        isPaused = !inbox.deliver(bytes)
        return !isPaused
    }
}

/// The exchange that curl hands back as context; it lives as long as its handle.
private func exchange(_ context: UnsafeMutableRawPointer) -> Exchange {
    Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
}

extension Duration {
    /// Rounded down, at least 1: curl takes 0 for "no limit".
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
