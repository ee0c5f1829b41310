import Transport

/// One request to a service, before it is signed.
struct Call: Sendable {
    /// By the service's own name: `PutObject`.
    var operation: String
    /// What it is about, for errors.
    var resource: String
    /// What the credentials need for it: `sts:AssumeRole`.
    var permission: String
    var method: Request.Method
    /// Absolute, not encoded.
    var path: String
    var query: [(name: String, value: String)]
    var headers: Headers
    /// Nil for none.
    var body: [UInt8]?
    /// The most bytes of the answer, and never less than 64 KiB, which errors need.
    var byteLimit: Int
    /// Whether a good answer is an object: its bytes say nothing, and gzip that it is served in is
    /// undone.
    var isObject: Bool

    init(
        _ operation: String, on resource: String, permission: String,
        method: Request.Method = .get, path: String = "/",
        query: [(name: String, value: String)] = [], headers: Headers = [:],
        body: [UInt8]? = nil, byteLimit: Int = 8 << 20, isObject: Bool = false
    ) {
        self.operation = operation
        self.resource = resource
        self.permission = permission
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.byteLimit = byteLimit
        self.isObject = isObject
    }

    /// What a status over 299, or an error inside an answer of 200, says; nil if it is a good answer.
    ///
    /// - Parameters:
    ///   - region: the one it was signed for.
    ///   - lag: how many seconds the clock that signed it is behind the server's.
    func refusal(in answer: Response, signedFor region: String, lag: Int?) -> Refusal? {
        let isGood = (200..<300).contains(answer.status)
        guard !isGood || !isObject && !answer.body.isEmpty else { return nil }
        let said = SaidError(answer)
        guard !isGood || said.isError else { return nil }
        let other = answer.headers["x-amz-bucket-region"] ?? said.region
        return Refusal(
            operation: operation, resource: resource, permission: permission,
            status: answer.status, code: said.code, message: said.message,
            causes: said.causes, region: region,
            otherRegion: other.isEmpty || other == region ? nil : other, clockLag: lag,
            wait: answer.headers["Retry-After"].flatMap { Int($0) }.map { .seconds(max(0, $0)) })
    }
}

/// What an answer says is wrong, in XML or in JSON.
private struct SaidError {
    /// Whether it is an error for sure, whatever the status.
    var isError = false
    var code = ""
    var message = ""
    var causes: [String] = []
    var region = ""

    init(_ answer: Response) {
        // Services that speak JSON name the error behind a namespace, and a type behind a colon.
        let type = answer.headers["x-amzn-ErrorType"]?.prefix { $0 != ":" }
        code = type.map(String.init) ?? ""
        if answer.body.first == UInt8(ascii: "{"), let said = JSONTree(answer.body) {
            if let type = said["__type"]?.text {
                code = String(type.split(separator: "#").last?.prefix { $0 != ":" } ?? "")
            }
            message = (said["message"] ?? said["Message"])?.text ?? ""
            causes = said["CancellationReasons"]?.list.compactMap { $0["Code"]?.text } ?? []
        } else {
            let root = XMLElement(answer.body)
            // S3 sends the error itself, others an envelope.
            let error = root?.name == "ErrorResponse" ? root?["Error"] : root
            guard let error, error.name == "Error" else { return }
            isError = true
            code = error["Code"]?.text ?? code
            message = error["Message"]?.text ?? ""
            region = error["Region"]?.text ?? ""
        }
    }
}
