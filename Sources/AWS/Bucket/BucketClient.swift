import Tasks
import Transport

/// Reads and writes the settings of a bucket.
///
/// Source: Amazon S3 API Reference, version 2006-03-01.
public struct BucketClient: Sendable {
    private let home: S3Bucket
    private let client: ServiceClient

    public init(
        bucket: S3Bucket, credentials: any CredentialSource, retry: Retry,
        certificates: String? = nil,
        now: @escaping @Sendable () -> SigningTime = SigningTime.now
    ) throws(AWSError) {
        home = bucket
        client = try bucket.client(
            credentials: credentials, http: try .some(2, certificates), retry: retry, now: now)
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
            return .set(try await client.send(call("Get", setting)) { $0.body })
        } catch .refused(let refusal) where refusal.code == setting.missingCode {
            return .missing
        } catch .refused(let refusal) where refusal.isUnsupported {
            return .unsupported
        }
    }

    func write(_ setting: BucketSetting, _ body: [UInt8]) async throws(AWSError) {
        var call = call("Put", setting)
        call.method = .put
        call.body = body
        call.headers = [
            "Content-Type": setting == .policy ? "application/json" : "application/xml",
            "Content-MD5": try contentMD5(of: body),
        ]
        try await client.send(call) { _ in }
    }

    private func call(_ verb: String, _ setting: BucketSetting) -> Call {
        Call(
            verb + setting.operation, on: "bucket \(home.name)",
            permission: "s3:\(verb)\(setting.permission) on \(home.arn)",
            path: home.path(of: nil), query: [(setting.query, "")])
    }

    /// The bucket; in another region than at first if the service said that it is there.
    public var bucket: S3Bucket { (try? home.moved(to: client.region)) ?? home }
}

/// A setting of a whole bucket, in the order in which they are changed: a policy is refused while
/// access is blocked.
public enum BucketSetting: String, CaseIterable, Sendable {
    case access
    case policy
    case website
    case cors
    case versioning

    /// The query that addresses it.
    var query: String { self == .access ? "publicAccessBlock" : rawValue }

    /// The end of its operations' names: `GetBucketWebsite`.
    var operation: String {
        switch self {
        case .access: "PublicAccessBlock"
        case .policy: "BucketPolicy"
        case .website: "BucketWebsite"
        case .cors: "BucketCors"
        case .versioning: "BucketVersioning"
        }
    }

    /// The end of its permissions' names: `s3:GetBucketCORS`.
    var permission: String {
        switch self {
        case .access: "BucketPublicAccessBlock"
        case .cors: "BucketCORS"
        default: operation
        }
    }

    /// What the service says if it is not set.
    var missingCode: String {
        switch self {
        case .access: "NoSuchPublicAccessBlockConfiguration"
        case .policy: "NoSuchBucketPolicy"
        case .website: "NoSuchWebsiteConfiguration"
        case .cors: "NoSuchCORSConfiguration"
        case .versioning: ""
        }
    }
}
