import Tasks
import Text
import Transport

/// A server that is asked one thing after the other, at the pace it allows.
struct PacedServer: Sendable {
    /// `https://host`, without a slash at the end.
    let base: String
    private let headers: Headers
    private let client: HTTPClient
    private let backoff: Backoff
    private let refusal: Refusal
    private let lapse: Refusal
    private(set) var pace = RequestPace()
    /// Where the last good answer says that its list goes on, with the ids below this one.
    private(set) var linkedID: String?

    /// Why an answer is not what was asked for, for people.
    typealias Refusal = @Sendable (_ status: Int, _ headers: Headers) -> String

    /// A longer answer is refused, also one that is read piece by piece: 32 MiB.
    private static let longestAnswer = 32 << 20
    /// How often a request that fails in passing is made.
    private static let attempts = 6
    static let standardBackoff = Backoff(base: .seconds(1), cap: .seconds(60))

    /// - Parameters:
    ///   - headers: go with every request.
    ///   - refusal: why an answer was not what was asked for.
    ///   - lapse: the same of one that came after good ones; nil if it is no other.
    init(
        base: String, headers: Headers, client: HTTPClient, backoff: Backoff = standardBackoff,
        refusal: @escaping Refusal, lapse: Refusal? = nil
    ) {
        self.base = base
        self.headers = headers
        self.client = client
        self.backoff = backoff
        self.refusal = refusal
        self.lapse = lapse ?? refusal
    }

    /// The body of the answer 200 or 201 to a request for `path` and query; of a small one.
    mutating func send(
        _ path: String, method: Request.Method = .get, json: [UInt8]? = nil,
        before deadline: ContinuousClock.Instant
    ) async throws -> [UInt8] {
        try await read(
            path, method: method, json: json, before: deadline, into: { [UInt8]() },
            take: { $0 += $1 })
    }

    /// What `take` makes of the chunks of that body as they come, beginning with `empty` for every
    /// attempt.
    ///
    /// What fails in passing is tried again, and a rate limit is waited for, as long as `deadline`
    /// allows. Throws `SnapshotError`, or `CancellationError`.
    ///
    /// - Parameters:
    ///   - isKnown: whether the server has given such an answer before: any other then fails in passing.
    ///   - fault: what is wrong with the whole body, for people; nil if nothing.
    mutating func read<Body: ~Copyable>(
        _ path: String, method: Request.Method = .get, json: [UInt8]? = nil,
        before deadline: ContinuousClock.Instant, isKnown: Bool = false, into empty: () -> Body,
        take: (inout Body, [UInt8]) -> Void, fault: (inout Body) -> String? = { _ in nil }
    ) async throws -> Body {
        var attempts = Retry(backoff: backoff, attempts: Self.attempts).begin()
        while true {
            try await wait(until: pace.notBefore, before: deadline, for: paceReason)
            var body = empty()
            let failure: SnapshotError
            switch try await attempt(path, method, json, isKnown, { take(&body, $0) }) {
            case .answered:
                guard let reason = fault(&body) else { return body }
                failure = refused(reason)
                guard isKnown else { throw failure }
            case .limited: continue
            case .failed(let error): failure = error
            }
            guard let pause = attempts.next() else { throw failure }
            try await wait(
                until: .now + pause, before: deadline, for: "what came in between (\(failure))")
        }
    }

    private enum Outcome {
        case answered
        /// Not before the pace allows it.
        case limited
        /// It may go better the next time.
        case failed(SnapshotError)
    }

    /// Makes a request once and hands over the body of a good answer.
    private mutating func attempt(
        _ path: String, _ method: Request.Method, _ json: [UInt8]?, _ isKnown: Bool,
        _ take: ([UInt8]) -> Void
    ) async throws -> Outcome {
        do {
            let request = try request(path, method, json)
            let transfer = try await client.open(request)
            pace.take(
                status: transfer.status, headers: transfer.headers, at: .now, now: .now())
            switch transfer.status {
            case 200, 201: linkedID = transfer.headers.nextID
            case _ where RequestPace.isLimit(transfer.status): return .limited
            default:
                let reason = (isKnown ? lapse : refusal)(transfer.status, transfer.headers)
                let error = refused(reason)
                guard isKnown || transfer.status >= 500 else { throw error }
                return .failed(error)
            }
            var left = request.responseLimit
            while let chunk = try await transfer.next() {
                left -= chunk.count
                guard left >= 0 else {
                    throw TransportError.tooLong(
                        shown: request.address.description, byteLimit: request.responseLimit)
                }
                take(chunk)
            }
            return .answered
        } catch let error as TransportError {
            if error == .cancelled { throw CancellationError() }
            guard error.isTransient else { throw SnapshotError.network(error) }
            return .failed(.network(error))
        }
    }

    private func request(
        _ path: String, _ method: Request.Method, _ json: [UInt8]?
    ) throws(TransportError) -> Request {
        var headers = headers
        if json != nil { headers["Content-Type"] = "application/json" }
        return Request(
            method, try Address(base + path), headers: headers,
            body: json, responseLimit: Self.longestAnswer,
            timeLimit: .seconds(120), isCompressed: true)
    }

    /// Tells what time it was by the server when it answered last.
    func tell(_ clock: OutsideClock) {
        if let (time, instant) = pace.date { clock.take(time, of: base, at: instant) }
    }

    /// The error that the server does not do what it was asked for.
    func refused(_ reason: String) -> SnapshotError { .refused(address: base, reason: reason) }

    /// Throws at once if the wait would go beyond the deadline.
    private func wait(
        until instant: ContinuousClock.Instant?, before deadline: ContinuousClock.Instant,
        for reason: String
    ) async throws {
        guard max(instant ?? .now, .now) < deadline else {
            throw SnapshotError.outOfTime(address: base, reason: reason)
        }
        if let instant, instant > .now { try await Task.sleep(until: instant, clock: .continuous) }
    }

    /// Why the next request has to wait.
    private var paceReason: String {
        guard let notBefore = pace.notBefore, notBefore > .now else {
            return "the time for reading, window.length,"
        }
        let limit = pace.limit.map { " of \(terminalSafe($0, limit: 20)) requests" } ?? ""
        return "its rate limit" + limit
    }
}

extension Headers {
    /// `max_id` of the link to the next page (RFC 8288; mastodon, paginated collections): an address in angle
    /// brackets, absolute or not, and behind it parameters, of which `rel` names kinds, in any case.
    var nextID: String? {
        let links = fields.filter { $0.name.lowercased() == "link" }
            .flatMap { $0.value.utf8.split(separator: UInt8(ascii: "<")) }
        let next = links.first { link in
            link.drop { $0 != UInt8(ascii: ">") }.split(separator: UInt8(ascii: ";")).contains {
                let pair = $0.split(separator: UInt8(ascii: "="), maxSplits: 1)
                guard pair.count == 2,
                    pair[0].trimmingASCIIWhitespace().map(\.asciiLowercased)
                        .elementsEqual("rel".utf8)
                else { return false }
                return pair[1].split { " \t\",".utf8.contains($0) }
                    .contains { $0.map(\.asciiLowercased).elementsEqual("next".utf8) }
            }
        }
        let name = "max_id=".utf8
        return next?.prefix { $0 != UInt8(ascii: ">") }
            .split { "?&#".utf8.contains($0) }
            .first { $0.starts(with: name) }
            .map { String(decoding: $0.dropFirst(name.count), as: UTF8.self) }
    }
}

/// The sentence of an answer that sends us elsewhere. Only the other server's name is shown: the rest of
/// its address could repeat a token.
func redirect(_ status: Int, _ headers: Headers) -> String {
    let target = headers["Location"].flatMap { try? Address($0) }
        .map { terminalSafe("\($0.scheme)://\($0.authority)") }
    return "answers with a redirect (\(status)) to \(target ?? "another address"), which is not "
        + "followed; if that is the server, name it instead"
}
