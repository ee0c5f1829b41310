import Calendar
import Digest
import Synchronization
import Tasks
import Text
import Transport

/// Signs and sends the calls to one service, and learns from what comes back.
///
/// What fails for a moment is tried again, for as long as the caller bears. A clock that is wrong is
/// set right for the signatures by the server's, and a region that is wrong by what the service says,
/// once.
final class ServiceClient: Sendable {
    /// Where a service in a region is asked; a path before those of its calls is kept.
    typealias Endpoint = @Sendable (_ region: String) throws(AWSError) -> Address

    /// How a call is signed and where it goes.
    private struct Route: Hashable {
        var region: String
        var address: Address
        /// In seconds: the server's clock less ours.
        var clockOffset = 0
        /// Which digests of bodies are sent: none, MD5 or another, both.
        var digestLevel = 0
    }

    private struct State {
        var route: Route
        var hasMoved = false
        var requestCount = 0
        /// In seconds: the server's clock less ours, by the last answer that told it.
        var clockLead: Int?
    }

    private let service: String
    private let endpoint: Endpoint
    private let source: (any CredentialSource)?
    private let http: HTTPClient
    private let retry: Retry
    private let silenceLimit: Duration
    private let now: @Sendable () -> Timestamp
    private let state: Mutex<State>

    /// - Parameters:
    ///   - service: as signatures name it: `s3`.
    ///   - credentials: nil for requests that are not signed.
    ///   - silenceLimit: how long the server may send and take nothing in the middle of a request.
    init(
        service: String, region: String, endpoint: @escaping Endpoint,
        credentials: (any CredentialSource)?, http: HTTPClient, retry: Retry,
        silenceLimit: Duration = .seconds(30), now: @escaping @Sendable () -> Timestamp
    ) throws(AWSError) {
        self.service = service
        self.endpoint = endpoint
        source = credentials
        self.http = http
        self.retry = retry
        self.silenceLimit = silenceLimit
        self.now = now
        state = Mutex(State(route: Route(region: region, address: try endpoint(region))))
    }

    /// Another than at first if the service said that what is asked for is there.
    var region: String { state.withLock { $0.route.region } }
    var requestCount: Int { state.withLock { $0.requestCount } }
    /// How many seconds the server's clock is ahead of ours, by its last answer; nil if none told.
    var clockLead: Int? { state.withLock { $0.clockLead } }

    /// What `read` makes of the answer of the first attempt that gets one worth having.
    ///
    /// - Parameter limit: a shorter time for all attempts than usual.
    func send<Value>(
        _ call: Call, within limit: Duration? = nil,
        reading read: (Response) throws(AWSError) -> Value
    ) async throws(AWSError) -> Value {
        var retry = retry
        if let limit { retry.limit = min(limit, retry.limit ?? limit) }
        // Whoever bears less than one attempt may take bears that alone.
        let end = retry.limit.flatMap { $0 < Self.attemptLimit ? retry.now() + $0 : nil }
        var attempts = retry.begin()
        var corrections = 0
        while true {
            let route = state.withLock { $0.route }
            do throws(AWSError) {
                let left = end.map { max(.seconds(1), $0 - retry.now()) }
                return try read(try await sendOnce(call, by: route, within: left))
            } catch {
                if corrections < 3, state.withLock({ $0.route }) != route {
                    corrections += 1
                    continue
                }
                // Nonsense that lasts comes from something that is no such service.
                guard error.isTransient, !error.isNonsense || attempts.failures < Self.nonsenseLimit
                else { throw error }
                let goesOn: Bool
                do throws(CancellationError) {
                    goesOn = try await attempts.pause(atLeast: error.wait)
                } catch {
                    throw .transport(.cancelled)
                }
                if !goesOn { throw error }
            }
        }
    }

    private static let nonsenseLimit = 3
    /// What one attempt may take, and the seconds that a body takes on a slow line besides.
    private static let attemptLimit = Duration.seconds(300)
    private static let slowestLine = 10_000

    private func sendOnce(
        _ call: Call, by route: Route, within left: Duration?
    ) async throws(AWSError) -> Response {
        let path = route.address.basePath + call.path
        var headers = call.headers
        if let body = call.body { addDigests(of: body, to: &headers, level: route.digestLevel) }
        if let source {
            guard let credentials = try await source.credentials() else {
                throw .noCredentials(places: [source.name])
            }
            headers["Host"] = route.address.authority
            headers = Signer(
                credentials: credentials, region: route.region, service: service
            ).sign(
                method: call.method.rawValue,
                // Others than S3 sign what stands in the request, which is encoded.
                path: service == "s3" ? path : PercentEncoding.encode(path, isPath: true),
                query: call.query, headers: headers,
                payload: SHA256(of: call.body ?? []).hex,
                at: now() + route.clockOffset)
            headers["Host"] = nil
        }
        let query = CanonicalRequest.encode(call.query)
        let origin = "\(route.address.scheme)://\(route.address.authority)"
        let text =
            origin + PercentEncoding.encode(path, isPath: true)
            + (query.isEmpty ? "" : "?\(query)")
        let usual =
            Self.attemptLimit + .seconds((call.body?.count ?? 0) / Self.slowestLine)
        state.withLock { $0.requestCount += 1 }
        let answer = try await http.answer(
            to: Request(
                call.method, .of(text), headers: headers, body: call.body,
                responseLimit: max(call.byteLimit, 64 << 10), silenceLimit: silenceLimit,
                timeLimit: left ?? usual, isCompressed: call.isObject))
        let lag = answer.headers["Date"].flatMap(Timestamp.init(httpDate:)).map {
            $0.seconds(since: now()) - route.clockOffset
        }
        if let lag { state.withLock { $0.clockLead = lag + route.clockOffset } }
        guard let refusal = call.refusal(in: answer, signedFor: route.region, lag: lag) else {
            return answer
        }
        learn(from: refusal, of: route)
        throw .refused(refusal)
    }

    /// `Content-MD5`, where there is one, is what all know that want any.
    private func addDigests(of body: [UInt8], to headers: inout Headers, level: Int) {
        guard level > 0 else { return }
        let md5 = headers["Content-MD5"] ?? MD5(of: body)?.base64
        headers["Content-MD5"] = md5
        if md5 == nil || level > 1 { headers["x-amz-checksum-sha256"] = SHA256(of: body).base64 }
    }

    /// Sets clock and region for the next attempt. A service that sends us round is not followed: one
    /// move, and not back.
    private func learn(from refusal: Refusal, of route: Route) {
        state.withLock { state in
            // Another call may have learned it meanwhile.
            guard state.route == route else { return }
            if refusal.mayBeClockSkew, let lag = refusal.clockLag,
                abs(lag) > Refusal.greatestClockLag
            {
                state.route.clockOffset += lag
            }
            if refusal.wantsDigest, route.digestLevel < 2 { state.route.digestLevel += 1 }
            if !state.hasMoved, refusal.isElsewhere, let region = refusal.otherRegion,
                let address = try? endpoint(region)
            {
                state.route.region = region
                state.route.address = address
                state.hasMoved = true
            }
        }
    }
}

// Errors of the transport are errors of AWS from here on.

extension Address {
    static func of(
        _ text: String, alsoPlainTo localHosts: Set<String> = []
    ) throws(AWSError) -> Address {
        do throws(TransportError) {
            return try Address(text, alsoPlainTo: localHosts)
        } catch {
            throw .transport(error)
        }
    }

    /// The path that those of calls are put behind, not encoded, without a slash at its end.
    fileprivate var basePath: String {
        let plain = PercentEncoding.decode(path.utf8).map { String(decoding: $0, as: UTF8.self) }
        let base = plain ?? path
        return base.hasSuffix("/") ? String(base.dropLast()) : base
    }
}

extension HTTPClient {
    /// Connections of its own, at most so many.
    static func some(
        _ maxActive: Int, _ certificates: String?
    ) throws(AWSError) -> HTTPClient {
        do throws(TransportError) {
            return try HTTPClient(maxActive: maxActive, certificates: certificates)
        } catch {
            throw .transport(error)
        }
    }

    func answer(to request: Request) async throws(AWSError) -> Response {
        do throws(TransportError) {
            return try await send(request)
        } catch {
            throw .transport(error)
        }
    }
}
