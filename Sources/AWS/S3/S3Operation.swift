/// What is asked of S3, by the service's own names.
public enum S3Operation: String, Sendable {
    case put = "PutObject"
    case get = "GetObject"
    case head = "HeadObject"
    case list = "ListObjectsV2"
    case delete = "DeleteObjects"

    /// The IAM permission it takes.
    var permission: String {
        switch self {
        case .put: "s3:PutObject"
        case .get, .head: "s3:GetObject"
        case .list: "s3:ListBucket"
        case .delete: "s3:DeleteObject"
        }
    }
}
