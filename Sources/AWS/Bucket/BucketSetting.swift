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
