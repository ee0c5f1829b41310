import Glibc
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
    private let refusal: @Sendable (_ status: Int, _ headers: Headers) -> String
    private(set) var pace = RequestPace()

    /// A longer answer is refused, also one that is read piece by piece: 32 MiB.
    private static let longestAnswer = 32 << 20
    /// How often a request that failed in passing is made again.
    private static let retries = 5
    static let standardBackoff = Backoff(base: .seconds(1), cap: .seconds(60))

    /// - Parameters:
    ///   - headers: go with every request.
    ///   - refusal: why an answer was not what was asked for, for people.
    init(
        base: String, headers: Headers, client: HTTPClient, backoff: Backoff = standardBackoff,
        refusal: @escaping @Sendable (_ status: Int, _ headers: Headers) -> String
    ) {
        self.base = base
        self.headers = headers
        self.client = client
        self.backoff = backoff
        self.refusal = refusal
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
    mutating func read<Body: ~Copyable>(
        _ path: String, method: Request.Method = .get, json: [UInt8]? = nil,
        before deadline: ContinuousClock.Instant, into empty: () -> Body,
        take: (inout Body, [UInt8]) -> Void
    ) async throws -> Body {
        var failures = 0
        while true {
            try await wait(until: pace.notBefore, before: deadline, for: paceReason)
            let failure: SnapshotError
            do {
                let request = try request(path, method, json)
                let transfer = try await client.open(request)
                pace.take(
                    status: transfer.status, headers: transfer.headers, at: .now,
                    now: Int64(time(nil)))
                switch transfer.status {
                case 200, 201:
                    var body = empty()
                    var left = request.responseLimit
                    while let chunk = try await transfer.next() {
                        left -= chunk.count
                        guard left >= 0 else {
                            throw TransportError.tooLong(
                                shown: request.address.description,
                                byteLimit: request.responseLimit)
                        }
                        take(&body, chunk)
                    }
                    return body
                case 429: continue
                default:
                    let error = refused(refusal(transfer.status, transfer.headers))
                    guard transfer.status >= 500 else { throw error }
                    failure = error
                }
            } catch let error as TransportError {
                if error == .cancelled { throw CancellationError() }
                failure = .network(error)
                guard error.isTransient else { throw failure }
            }
            failures += 1
            guard failures <= Self.retries else { throw failure }
            try await wait(
                until: .now + backoff.delay(after: failures, share: .random(in: 0..<1)),
                before: deadline, for: "what came in between (\(failure))")
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
