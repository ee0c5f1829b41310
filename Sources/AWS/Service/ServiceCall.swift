import Transport

/// One request to a service, not signed yet.
struct ServiceCall: Sendable {
    /// By the service's own name.
    var operation: String
    /// What it is about, for errors.
    var resource: String
    /// The IAM permission it takes; nil if it has the name of the operation.
    var permission: String?
    var method: Request.Method
    /// Absolute, not encoded.
    var path: String
    var query: [(name: String, value: String)]
    var headers: Headers
    var body: [UInt8]

    init(
        _ operation: String, on resource: String, method: Request.Method = .get,
        path: String = "/", query: [(name: String, value: String)] = [], headers: Headers = [:],
        body: [UInt8] = [], permission: String? = nil
    ) {
        self.operation = operation
        self.resource = resource
        self.permission = permission
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}
