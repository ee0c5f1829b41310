import Transport

/// One request to a bucket, before it is signed.
struct S3Call: Sendable {
    var operation: S3Operation
    var method: Request.Method
    /// Nil for the bucket itself.
    var key: ObjectKey?
    var query: [(name: String, value: String)]
    var headers: Headers
    var body: [UInt8]?
    /// The most bytes of the answer.
    var byteLimit: Int
    /// Whether gzip that the object is served in is undone.
    var isDecoded = false

    init(
        _ operation: S3Operation, method: Request.Method, key: ObjectKey? = nil,
        query: [(name: String, value: String)] = [], headers: Headers = [:],
        body: [UInt8]? = nil, byteLimit: Int = 8 << 20, isDecoded: Bool = false
    ) {
        self.operation = operation
        self.method = method
        self.key = key
        self.query = query
        self.headers = headers
        self.body = body
        self.byteLimit = byteLimit
        self.isDecoded = isDecoded
    }

    /// What a status over 299 or an error inside an answer of 200 says; nil if it is a good answer.
    ///
    /// The bytes of an object say nothing.
    func refusal(in response: Response, of bucket: S3Bucket) -> S3Refusal? {
        let isGood = (200..<300).contains(response.status)
        let failure =
            isGood && (operation == .get || response.body.isEmpty)
            ? nil : S3Answers.failure(response.body)
        guard !isGood || failure != nil else { return nil }
        return S3Refusal(
            operation: operation, bucket: bucket, key: key, status: response.status,
            code: failure?.code ?? "", message: failure?.message ?? "",
            region: response.headers["x-amz-bucket-region"] ?? failure?.region)
    }
}
