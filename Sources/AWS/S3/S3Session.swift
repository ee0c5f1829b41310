import Synchronization
import Transport

/// Signs and sends the calls to one bucket, and learns from what comes back.
///
/// What fails for a moment is tried again by the retry policy, as long as its budget lasts. A clock
/// that is wrong is set right for the signatures by the server's, and a region that is wrong by what
/// the service says, once.
final class S3Session: Sendable {
    private struct State {
        var bucket: S3Bucket
        var hasMoved = false
        /// In seconds: the server's clock less ours.
        var clockOffset = 0
        var requestCount = 0
        /// In fifths of a retry.
        var budget: Int
    }

    private let state: Mutex<State>
    private let source: any CredentialSource
    private let http: HTTPClient
    private let retry: RetryPolicy
    private let silenceLimit: Duration
    private let now: @Sendable () -> SigningTime

    init(
        bucket: S3Bucket, credentials: any CredentialSource, http: HTTPClient, retry: RetryPolicy,
        silenceLimit: Duration, now: @escaping @Sendable () -> SigningTime
    ) {
        state = Mutex(State(bucket: bucket, budget: retry.budget * 5))
        source = credentials
        self.http = http
        self.retry = retry
        self.silenceLimit = silenceLimit
        self.now = now
    }

    var bucket: S3Bucket { state.withLock { $0.bucket } }
    var requestCount: Int { state.withLock { $0.requestCount } }

    /// What `read` makes of the answer of the first attempt that gets one worth having.
    func send<Value>(
        _ call: S3Call, reading read: (Response) throws(AWSError) -> Value
    ) async throws(AWSError) -> Value {
        var attempt = 1
        while true {
            let (bucket, clockOffset) = state.withLock { ($0.bucket, $0.clockOffset) }
            do throws(AWSError) {
                let response = try await sendOnce(call, to: bucket, clockOffset: clockOffset)
                let value = try read(response)
                state.withLock { $0.budget = min($0.budget + 1, retry.budget * 5) }
                return value
            } catch {
                let (now, offset) = state.withLock { ($0.bucket, $0.clockOffset) }
                let isCorrected = now != bucket || offset != clockOffset
                guard attempt < retry.attempts, isCorrected || error.isTransient, mayRetry()
                else { throw error }
                if !isCorrected { try await retry.pause(after: attempt) }
                attempt += 1
            }
        }
    }

    private func mayRetry() -> Bool {
        state.withLock { state in
            guard state.budget >= 5 else { return false }
            state.budget -= 5
            return true
        }
    }

    private func sendOnce(
        _ call: S3Call, to bucket: S3Bucket, clockOffset: Int
    ) async throws(AWSError) -> Response {
        guard let credentials = try await source.credentials() else {
            throw .noCredentials(places: [source.name])
        }
        let signer = Signer(credentials: credentials, region: bucket.region, service: "s3")
        var headers = call.headers
        headers["Host"] = bucket.host
        headers = try signer.sign(
            method: call.method.rawValue, path: bucket.path(of: call.key), query: call.query,
            headers: headers, payload: try Digest.sha256(call.body ?? []).hex,
            at: SigningTime(secondsSinceEpoch: now().secondsSinceEpoch + clockOffset))
        headers["Host"] = nil
        let request = Request(
            call.method,
            try bucket.address(of: call.key, query: CanonicalRequest.encode(call.query)),
            headers: headers, body: call.body, responseLimit: max(call.byteLimit, 64 << 10),
            silenceLimit: silenceLimit,
            timeLimit: .seconds(300 + (call.body?.count ?? 0) / 10_000),
            isCompressed: call.isDecoded)
        state.withLock { $0.requestCount += 1 }
        let response: Response
        do throws(TransportError) {
            response = try await http.send(request)
        } catch {
            throw .transport(error)
        }
        if let refusal = call.refusal(in: response, of: bucket) {
            if refusal.isClockSkew { setClock(by: response) }
            if refusal.isElsewhere { move(by: refusal) }
            throw .refused(refusal)
        }
        return response
    }

    private func setClock(by response: Response) {
        guard let time = response.headers["Date"].flatMap(SigningTime.init(httpDate:)) else {
            return
        }
        let offset = time.secondsSinceEpoch - now().secondsSinceEpoch
        state.withLock { $0.clockOffset = offset }
    }

    /// Once, and not back: a service that sends us round is not followed.
    private func move(by refusal: S3Refusal) {
        state.withLock { state in
            guard !state.hasMoved, let region = refusal.region,
                let moved = try? state.bucket.moved(to: region)
            else { return }
            state.bucket = moved
            state.hasMoved = true
        }
    }
}
