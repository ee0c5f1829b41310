import Transport

/// Reads and writes the settings of a bucket.
///
/// Source: Amazon S3 API Reference, version 2006-03-01.
public struct BucketClient: Sendable {
    let bucket: S3Bucket
    private let client: ServiceClient

    public init(
        bucket: S3Bucket, credentials: any CredentialSource, retry: RetryPolicy = RetryPolicy()
    ) throws(AWSError) {
        self.bucket = bucket
        let address = try bucket.address(of: nil, query: "")
        client = try ServiceClient(
            service: "s3", region: bucket.region,
            endpoint: "\(address.scheme)://\(address.authority)", credentials: credentials,
            retry: retry)
    }

    /// What a server gives for a setting.
    enum Found: Hashable, Sendable {
        /// The body of the answer: JSON of a policy, XML of the others.
        case set([UInt8])
        case missing
        /// The server has no such setting.
        case unsupported
    }

    func read(_ setting: BucketSetting) async throws(AWSError) -> Found {
        do throws(AWSError) {
            return .set(try await client.send(call("Get", setting)).body)
        } catch .service(let refusal) where refusal.code == setting.missingCode {
            return .missing
        } catch .service(let refusal) where [405, 501].contains(refusal.status) {
            return .unsupported
        }
    }

    func write(_ setting: BucketSetting, _ body: [UInt8]) async throws(AWSError) {
        var call = call("Put", setting)
        call.method = .put
        call.body = body
        call.headers = [
            "Content-Type": setting == .policy ? "application/json" : "application/xml",
            "Content-MD5": try Digest.md5(body).base64,
        ]
        _ = try await client.send(call)
    }

    private func call(_ verb: String, _ setting: BucketSetting) -> ServiceCall {
        ServiceCall(
            verb + setting.operation, on: "bucket \(bucket.name)", path: bucket.path(of: nil),
            query: [(setting.query, "")],
            permission: "s3:\(verb)\(setting.permission) on arn:aws:s3:::\(bucket.name)")
    }
}
