import Synchronization
import Transport

/// The part of S3 that its kin share: put, get, head, list and delete in one bucket.
///
/// Bodies are signed with their SHA-256. What fails for a moment is tried again by the retry
/// policy; a clock that is wrong is set right for the signatures by the server's.
public final class S3Client: Sendable {
    public let bucket: S3Bucket
    private let source: any CredentialSource
    private let http: HTTPClient
    private let retry: RetryPolicy
    private let now: @Sendable () -> SigningTime
    private let clockOffset = Mutex(0)
    private let requests = Mutex(0)

    public init(
        bucket: S3Bucket, credentials: any CredentialSource, http: HTTPClient,
        retry: RetryPolicy = RetryPolicy(),
        now: @escaping @Sendable () -> SigningTime = SigningTime.now
    ) {
        self.bucket = bucket
        self.source = credentials
        self.http = http
        self.retry = retry
        self.now = now
    }

    /// A client with connections of its own, at most `maxActive` of them.
    public convenience init(
        bucket: S3Bucket, credentials: any CredentialSource, retry: RetryPolicy = RetryPolicy(),
        maxActive: Int
    ) throws(AWSError) {
        let http: HTTPClient
        do throws(TransportError) {
            http = try HTTPClient(maxActive: maxActive)
        } catch {
            throw .transport(error)
        }
        self.init(bucket: bucket, credentials: credentials, http: http, retry: retry)
    }

    /// How many requests were sent so far, repeated ones too.
    public var requestCount: Int { requests.withLock { $0 } }

    /// Returns the ETag of what is there now.
    @discardableResult
    public func put(
        _ key: ObjectKey, _ body: S3Body, headers: ObjectHeaders, if condition: S3Condition = .none
    ) async throws(AWSError) -> String {
        var fields: Headers = [
            "Content-Type": headers.contentType, "Cache-Control": headers.cacheControl,
        ]
        fields["Content-Encoding"] = headers.contentEncoding
        condition.add(to: &fields)
        let response = try await send(
            Call(.put, method: .put, key: key, headers: fields, body: body))
        return response.headers["ETag"] ?? ""
    }

    /// The object, of at most `byteLimit` bytes (and never less than 64 KiB, which errors need);
    /// nil if there is none.
    public func get(_ key: ObjectKey, byteLimit: Int) async throws(AWSError) -> S3Object? {
        try await object(Call(.get, method: .get, key: key, byteLimit: byteLimit))
    }

    /// The object without its bytes; nil if there is none.
    public func head(_ key: ObjectKey) async throws(AWSError) -> S3Object? {
        try await object(Call(.head, method: .head, key: key))
    }

    /// All objects whose keys begin with `prefix`, in as many requests as it takes.
    public func list(prefix: String) async throws(AWSError) -> [S3Listing] {
        var objects: [S3Listing] = []
        var continuation: String?
        var seen: Set<String> = []
        repeat {
            var query = [("encoding-type", "url"), ("list-type", "2"), ("prefix", prefix)]
            if let continuation { query.append(("continuation-token", continuation)) }
            let answer = try await send(Call(.list, method: .get, query: query))
            let page = try S3Answers.page(answer.body)
            objects += page.objects
            continuation = page.continuation
            if let continuation, !seen.insert(continuation).inserted {
                throw .malformedAnswer(
                    operation: S3Operation.list.rawValue, reason: "its pages go round in a circle")
            }
        } while continuation != nil
        return objects
    }

    /// Deletes the objects, a thousand a request, and returns what could not be deleted.
    ///
    /// Keys that do not exist count as deleted.
    public func delete(_ keys: [ObjectKey]) async throws(AWSError) -> [S3Refusal] {
        var refusals: [S3Refusal] = []
        for start in stride(from: 0, to: keys.count, by: 1000) {
            let body = S3Answers.deletion(of: Array(keys[start..<min(start + 1000, keys.count)]))
            let headers: Headers = [
                "Content-MD5": try Digest.md5(body).base64, "Content-Type": "application/xml",
            ]
            let answer = try await send(
                Call(
                    .delete, method: .post, query: [("delete", "")], headers: headers,
                    body: .bytes(body)))
            for (key, failure) in try S3Answers.undeleted(answer.body) {
                refusals.append(
                    S3Refusal(
                        operation: .delete, bucket: bucket, key: try ObjectKey(key), status: 200,
                        code: failure.code, message: failure.message))
            }
        }
        return refusals
    }

    // MARK: one call

    private struct Call: Sendable {
        var operation: S3Operation
        var method: Request.Method
        var key: ObjectKey?
        var query: [(name: String, value: String)]
        var headers: Headers
        var body: S3Body?
        var byteLimit: Int

        init(
            _ operation: S3Operation, method: Request.Method, key: ObjectKey? = nil,
            query: [(name: String, value: String)] = [], headers: Headers = [:],
            body: S3Body? = nil, byteLimit: Int = 8 << 20
        ) {
            self.operation = operation
            self.method = method
            self.key = key
            self.query = query
            self.headers = headers
            self.body = body
            self.byteLimit = byteLimit
        }
    }

    private func object(_ call: Call) async throws(AWSError) -> S3Object? {
        do throws(AWSError) {
            let response = try await send(call)
            return S3Object(
                bytes: response.body, etag: response.headers["ETag"] ?? "",
                headers: ObjectHeaders(
                    contentType: response.headers["Content-Type"] ?? "",
                    cacheControl: response.headers["Cache-Control"] ?? "",
                    contentEncoding: response.headers["Content-Encoding"]))
        } catch .refused(let refusal) where refusal.isMissingKey {
            return nil
        }
    }

    /// The answer of the first attempt that gets one worth having.
    private func send(_ call: Call) async throws(AWSError) -> Response {
        var attempt = 1
        while true {
            let offset = clockOffset.withLock { $0 }
            do throws(AWSError) {
                return try await sendOnce(call, clockOffset: offset)
            } catch {
                let isClockSet = clockOffset.withLock { $0 } != offset
                guard attempt < retry.attempts, error.isTransient || isClockSet else { throw error }
                if !isClockSet { try await pause(after: attempt) }
                attempt += 1
            }
        }
    }

    private func pause(after attempt: Int) async throws(AWSError) {
        do {
            try await retry.sleep(retry.backoff.delay(after: attempt, share: retry.random()))
        } catch {
            throw .transport(.cancelled)
        }
    }

    private func sendOnce(_ call: Call, clockOffset: Int) async throws(AWSError) -> Response {
        guard let credentials = try await source.credentials() else {
            throw .noCredentials(places: [source.name])
        }
        let signer = Signer(credentials: credentials, region: bucket.region, service: "s3")
        var headers = call.headers
        headers["Host"] = bucket.host
        headers = try signer.sign(
            method: call.method.rawValue, path: bucket.path(of: call.key), query: call.query,
            headers: headers, payload: try (call.body ?? .bytes([])).sha256().hex,
            at: SigningTime(secondsSinceEpoch: now().secondsSinceEpoch + clockOffset))
        headers["Host"] = nil
        let body = call.body?.request ?? .none
        let request = Request(
            call.method,
            try bucket.address(of: call.key, query: CanonicalRequest.encode(call.query)),
            headers: headers, body: body, responseLimit: max(call.byteLimit, 64 << 10),
            timeLimit: .seconds(300 + body.byteCount / 10_000))
        requests.withLock { $0 += 1 }
        let response: Response
        do throws(TransportError) {
            response = try await http.send(request)
        } catch {
            throw .transport(error)
        }
        if let refusal = refusal(in: response, to: call) {
            if refusal.isClockSkew { setClock(by: response) }
            throw .refused(refusal)
        }
        return response
    }

    /// What a status over 299 or an error inside an answer of 200 says; the bytes of an object say
    /// nothing.
    private func refusal(in response: Response, to call: Call) -> S3Refusal? {
        let isGood = (200..<300).contains(response.status)
        let failure =
            isGood && (call.operation == .get || response.body.isEmpty)
            ? nil : S3Answers.failure(response.body)
        guard !isGood || failure != nil else { return nil }
        return S3Refusal(
            operation: call.operation, bucket: bucket, key: call.key, status: response.status,
            code: failure?.code ?? "", message: failure?.message ?? "",
            region: response.headers["x-amz-bucket-region"] ?? failure?.region)
    }

    private func setClock(by response: Response) {
        guard let time = response.headers["Date"].flatMap(SigningTime.init(httpDate:)) else {
            return
        }
        let offset = time.secondsSinceEpoch - now().secondsSinceEpoch
        clockOffset.withLock { $0 = offset }
    }
}
