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
        environment: [String: String], retry: RetryPolicy = RetryPolicy()
    ) throws(AWSError) {
        let isID = distribution.utf8.allSatisfy { byte in
            (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
        }
        guard isID, (1...64).contains(distribution.utf8.count) else {
            throw .distribution(
                distribution, reason: "an id is capital letters and digits, such as E2QWRUHEXAMPLE")
        }
        self.distribution = distribution
        let isChina = region.hasPrefix("cn-")
        client = try ServiceClient(
            service: "cloudfront", region: isChina ? "cn-northwest-1" : "us-east-1",
            endpoint: Environment(variables: environment).endpoint(
                of: "cloudfront",
                else: isChina
                    ? "https://cloudfront.cn-northwest-1.amazonaws.com.cn"
                    : "https://cloudfront.amazonaws.com"),
            credentials: credentials, retry: retry)
    }

    /// Has the copies at the edges asked for anew; returns when CloudFront has taken the order.
    ///
    /// - Parameters:
    ///   - paths: absolute and encoded, `*` at the end for all that begin so.
    ///   - reference: the same order with the same reference is taken, and paid, once.
    public func invalidate(_ paths: [String], reference: String) async throws(AWSError) {
        var xml = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        xml += Array(
            #"<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">"#.utf8)
        xml += Array("<Paths><Quantity>\(paths.count)</Quantity><Items>".utf8)
        for path in paths {
            xml += Array("<Path>".utf8) + XMLText.escaped(path) + Array("</Path>".utf8)
        }
        xml += Array("</Items></Paths><CallerReference>".utf8) + XMLText.escaped(reference)
        xml += Array("</CallerReference></InvalidationBatch>".utf8)
        _ = try await client.send(
            ServiceCall(
                "CreateInvalidation", on: "distribution \(distribution)", method: .post,
                path: "/2020-05-31/distribution/\(distribution)/invalidation",
                headers: ["Content-Type": "application/xml"], body: xml))
    }
}
