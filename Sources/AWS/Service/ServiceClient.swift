import Transport

/// Asks one service of AWS: signs, tries again what fails for a moment, and once with the server's
/// time if this machine's is wrong.
struct ServiceClient: Sendable {
    let service: String
    let region: String
    private let endpoint: Address
    private let credentials: (any CredentialSource)?
    private let http: HTTPClient
    private let retry: RetryPolicy
    private let now: @Sendable () -> SigningTime

    /// - Parameters:
    ///   - endpoint: an address without path.
    ///   - credentials: nil for requests that are not signed.
    init(
        service: String, region: String, endpoint: String, credentials: (any CredentialSource)?,
        retry: RetryPolicy, now: @escaping @Sendable () -> SigningTime = SigningTime.now
    ) throws(AWSError) {
        do throws(TransportError) {
            self.endpoint = try Address(endpoint)
            http = try HTTPClient(maxActive: 2)
        } catch {
            throw .transport(error)
        }
        self.service = service
        self.region = region
        self.credentials = credentials
        self.retry = retry
        self.now = now
    }

    /// A good answer; throws `service` for another.
    func send(_ call: ServiceCall) async throws(AWSError) -> Response {
        var attempt = 1
        var clockOffset = 0
        while true {
            let answer: Response
            do throws(AWSError) {
                answer = try await sendOnce(call, clockOffset: clockOffset)
                guard let refusal = refusal(in: answer, to: call) else { return answer }
                if clockOffset == 0, refusal.isClockSkew, let offset = offset(of: answer) {
                    clockOffset = offset
                    continue
                }
                throw AWSError.service(refusal)
            } catch {
                guard error.isTransient, attempt < retry.attempts else { throw error }
            }
            try await retry.pause(after: attempt)
            attempt += 1
        }
    }

    private func sendOnce(_ call: ServiceCall, clockOffset: Int) async throws(AWSError) -> Response
    {
        var headers = call.headers
        if let pair = try await credentials?.credentials() {
            headers["Host"] = endpoint.authority
            headers = try Signer(credentials: pair, region: region, service: service).sign(
                method: call.method.rawValue, path: call.path, query: call.query,
                headers: headers, payload: Digest.sha256(call.body).hex,
                at: SigningTime(secondsSinceEpoch: now().secondsSinceEpoch + clockOffset))
            headers["Host"] = nil
        }
        let query = CanonicalRequest.encode(call.query)
        let text =
            "\(endpoint.scheme)://\(endpoint.authority)"
            + PercentEncoding.encode(call.path, isPath: true) + (query.isEmpty ? "" : "?\(query)")
        do throws(TransportError) {
            return try await http.send(
                Request(
                    call.method, Address(text), headers: headers,
                    body: call.body.isEmpty && call.method == .get ? nil : call.body,
                    timeLimit: .seconds(60)))
        } catch {
            throw .transport(error)
        }
    }

    private func refusal(in answer: Response, to call: ServiceCall) -> ServiceRefusal? {
        let root = answer.body.isEmpty ? nil : XMLElement(answer.body)
        let error = root?.name == "ErrorResponse" ? root?["Error"] : root
        let isError = error?.name == "Error"
        guard isError || !(200..<300).contains(answer.status) else { return nil }
        return ServiceRefusal(
            operation: call.operation, resource: call.resource,
            permission: call.permission ?? "\(service):\(call.operation)", status: answer.status,
            code: isError ? error?["Code"]?.text ?? "" : "",
            message: isError ? error?["Message"]?.text ?? "" : "")
    }

    /// How far this machine's clock is behind the server's, in seconds; nil if it is right.
    private func offset(of answer: Response) -> Int? {
        guard let date = answer.headers["Date"].flatMap(SigningTime.init(httpDate:)) else {
            return nil
        }
        let offset = date.secondsSinceEpoch - now().secondsSinceEpoch
        return abs(offset) > 120 ? offset : nil
    }
}
