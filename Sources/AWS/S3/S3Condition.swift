import Transport

/// What must hold of an object for a put to happen; if it does not, nothing is changed.
public enum S3Condition: Hashable, Sendable {
    case none
    /// There is no such object.
    case absent
    /// The object is the one with this ETag, as the service gave it, quotes and all.
    case unchanged(etag: String)

    func add(to headers: inout Headers) {
        switch self {
        case .none: break
        case .absent: headers["If-None-Match"] = "*"
        case .unchanged(let etag): headers["If-Match"] = etag
        }
    }
}
