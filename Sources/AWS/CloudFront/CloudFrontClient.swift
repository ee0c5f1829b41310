import Calendar
import Tasks
import Text
import Transport

/// One CloudFront distribution.
///
/// Source: Amazon CloudFront API Reference, version 2020-05-31.
public struct CloudFrontClient: Sendable {
    public let distribution: String
    private let client: ServiceClient

    /// - Parameters:
    ///   - distribution: its id, such as `E2QWRUHEXAMPLE`.
    ///   - region: of the site's bucket: China has a CloudFront of its own.
    ///   - environment: `AWS_ENDPOINT_URL_CLOUDFRONT` or `AWS_ENDPOINT_URL` names another address.
    public init(
        distribution: String, region: String, credentials: any CredentialSource,
        environment: [String: String], retry: Retry,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) throws(AWSError) {
        let isID = distribution.utf8.allSatisfy { byte in
            byte.isASCIIUppercase || byte.isASCIIDigit
        }
        guard isID, (1...64).contains(distribution.utf8.count) else {
            throw .distribution(
                distribution, reason: "an id is capital letters and digits, such as E2QWRUHEXAMPLE")
        }
        self.distribution = distribution
        let isChina = region.hasPrefix("cn-")
        let endpoint = Environment(variables: environment).endpoint(
            of: "cloudfront",
            else: isChina
                ? "https://cloudfront.cn-northwest-1.amazonaws.com.cn"
                : "https://cloudfront.amazonaws.com")
        client = try ServiceClient(
            service: "cloudfront", region: isChina ? "cn-northwest-1" : "us-east-1",
            endpoint: { (_) throws(AWSError) in try .of(endpoint) }, credentials: credentials,
            http: try .some(2), retry: retry, now: now)
    }

    /// Has the copies at the edges asked for anew; returns when CloudFront has taken the order.
    ///
    /// - Parameters:
    ///   - paths: absolute and encoded, `*` at the end for all that begin so.
    ///   - reference: the same order with the same reference is taken, and paid, once.
    public func invalidate(_ paths: [String], reference: String) async throws(AWSError) {
        let batch = XMLElement(
            name: "InvalidationBatch",
            children: [
                XMLElement(
                    name: "Paths",
                    children: [
                        XMLElement(name: "Quantity", text: String(paths.count)),
                        XMLElement(
                            name: "Items",
                            children: paths.map { XMLElement(name: "Path", text: $0) }),
                    ]),
                XMLElement(name: "CallerReference", text: reference),
            ])
        try await client.send(
            Call(
                "CreateInvalidation", on: "distribution \(distribution)",
                permission: "cloudfront:CreateInvalidation", method: .post,
                path: "/2020-05-31/distribution/\(distribution)/invalidation",
                headers: ["Content-Type": "application/xml"],
                body: batch.document(namespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/"))
        ) { _ in }
    }
}
