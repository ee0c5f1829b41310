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
    ///   - region: of the site's bucket: each partition of AWS has a CloudFront of its own.
    ///   - endpoint: another address than the service's own.
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    public init(
        distribution: String, region: String, credentials: any CredentialSource,
        endpoint: String?, retry: Retry, certificates: String? = nil,
        now: @escaping @Sendable () -> SigningTime = SigningTime.now
    ) throws(AWSError) {
        let isID = distribution.utf8.allSatisfy { byte in
            byte.isASCIIUppercase || byte.isASCIIDigit
        }
        guard isID, (1...64).contains(distribution.utf8.count) else {
            throw .distribution(
                distribution, reason: "an id is capital letters and digits, such as E2QWRUHEXAMPLE")
        }
        self.distribution = distribution
        let (home, usual) = Self.home(of: Partition(of: region), region)
        client = try ServiceClient(
            service: "cloudfront", region: home,
            endpoint: { (_) throws(AWSError) in try .of(endpoint ?? usual) },
            credentials: credentials, http: try .some(2, certificates), retry: retry, now: now)
    }

    /// The region that signatures name, and the address of the service.
    private static func home(
        of partition: Partition, _ region: String
    ) -> (region: String, address: String) {
        switch partition.id {
        case "aws", "aws-us-gov": ("us-east-1", "https://cloudfront.amazonaws.com")
        case "aws-cn": ("cn-northwest-1", "https://cloudfront.cn-northwest-1.amazonaws.com.cn")
        default: (region, "https://cloudfront.\(region).\(partition.suffix)")
        }
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
