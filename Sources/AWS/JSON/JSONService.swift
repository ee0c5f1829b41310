import FoundationEssentials
import Tasks
import Transport

/// A service that is asked in AWS JSON: the operation stands in a header, its input is the body.
///
/// Source: Smithy 2.0, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol".
struct JSONService: Sendable {
    /// Which service it is, as its model says.
    struct Name: Sendable {
        /// As signatures, permissions and endpoints have it: `kinesis`.
        let id: String
        /// What stands before the operation: `Kinesis_20131202`.
        let target: String
        /// `1.0` or `1.1`.
        let version: String
    }

    private let name: Name
    private let client: ServiceClient

    /// - Parameter maxActive: how many requests run at once.
    init(
        _ name: Name, at access: ServiceAccess, maxActive: Int, retry: Retry
    ) throws(AWSError) {
        self.name = name
        client = try ServiceClient(
            service: name.id, region: access.region,
            endpoint: { (_) throws(AWSError) in try .of(access.endpoint) },
            credentials: access.credentials, http: try .some(maxActive, access.certificates),
            retry: retry, now: access.now)
    }

    /// How many seconds the server's clock is ahead of ours, by its last answer; nil if none told.
    var clockLead: Int? { client.clockLead }

    /// What the service answers.
    ///
    /// - Parameters:
    ///   - resource: what it is about, for errors.
    ///   - byteLimit: the most bytes of the answer.
    ///   - limit: a shorter time for all attempts than usual.
    func callAsFunction<Answer: Decodable>(
        _ operation: String, on resource: String, _ input: JSONTree, byteLimit: Int = 4 << 20,
        within limit: Duration? = nil
    ) async throws(AWSError) -> Answer {
        let call = Call(
            operation, on: resource, permission: "\(name.id):\(operation)", method: .post,
            headers: [
                "Content-Type": "application/x-amz-json-\(name.version)",
                "X-Amz-Target": "\(name.target).\(operation)",
            ], body: input.bytes, byteLimit: byteLimit,
            // What is wrong comes with a status that says so.
            isObject: true)
        return try await client.send(call, within: limit) { (answer) throws(AWSError) in
            // Some operations answer with nothing.
            let body = answer.body.isEmpty ? Array("{}".utf8) : answer.body
            do {
                return try JSONDecoder().decode(Answer.self, from: Data(body))
            } catch {
                throw .malformedAnswer(
                    operation: operation, reason: "it is not what the service is to say")
            }
        }
    }

    /// The same, of an operation whose answer says nothing.
    func order(
        _ operation: String, on resource: String, _ input: JSONTree
    ) async throws(AWSError) {
        let _: Nothing = try await self(operation, on: resource, input)
    }

    private struct Nothing: Decodable {}
}
