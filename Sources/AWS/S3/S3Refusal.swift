import Transport

/// An answer of S3 that says no, with what an operator needs to do about it.
public struct S3Refusal: Hashable, Sendable {
    public var operation: S3Operation
    public var bucket: S3Bucket
    /// The object it was about; nil if it was about the bucket.
    public var key: ObjectKey?
    /// The status, 200 among them: S3 puts errors inside such answers too.
    public var status: Int
    /// `AccessDenied`, `NoSuchBucket`, …; empty if the answer had none.
    public var code: String
    public var message: String
    /// The region the bucket is really in, where the service said so.
    public var region: String?

    public init(
        operation: S3Operation, bucket: S3Bucket, key: ObjectKey?, status: Int, code: String,
        message: String, region: String? = nil
    ) {
        self.operation = operation
        self.bucket = bucket
        self.key = key
        self.status = status
        self.code = code
        self.message = message
        self.region = region
    }

    var isConditionFailure: Bool {
        status == 412 || code == "PreconditionFailed" || code == "ConditionalRequestConflict"
    }

    /// Temporary by status or by code (botocore's list for its standard mode, and RequestTimeout).
    var isTransient: Bool {
        [429, 500, 502, 503, 504].contains(status)
            || [
                "SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "Throttling",
                "ThrottlingException", "ThrottledException", "RequestThrottled", "TooManyRequests",
                "RequestLimitExceeded", "PriorRequestNotComplete", "OperationAborted",
                "RequestTimeTooSkewed",
            ].contains(code)
    }

    var isClockSkew: Bool { code == "RequestTimeTooSkewed" }

    /// Whether the bucket is in another region, and the answer says in which.
    var isElsewhere: Bool {
        guard let region, region != bucket.region else { return false }
        return [301, 307, 400].contains(status)
    }

    /// Whether the service has no such operation or condition, as some kin of S3.
    public var isUnsupported: Bool {
        status == 501 || code == "NotImplemented"
            || status == 400 && code == "InvalidArgument" && message.contains("header")
    }

    var isMissingKey: Bool {
        code == "NoSuchKey" || status == 404 && (code.isEmpty || code == "NotFound")
    }
}

extension S3Refusal: CustomStringConvertible {
    public var description: String {
        let place = key.map { "\(bucket.name)/\($0)" } ?? bucket.name
        let what = "\(operation.rawValue) on \(terminalSafe(place, limit: 300))"
        if let region, region != bucket.region {
            return "\(what): the bucket is in \(terminalSafe(region)), not in \(bucket.region); "
                + "set publish.region"
        }
        let said = code.isEmpty ? "status \(status)" : terminalSafe(code)
        return switch (code, status) {
        case ("NoSuchBucket", _):
            "\(what): there is no such bucket; create it or correct publish.bucket"
        case ("InvalidAccessKeyId", _):
            "\(what): the access key id is not known there; check AWS_ACCESS_KEY_ID or the profile"
        case ("SignatureDoesNotMatch", _):
            "\(what): the signature does not match; check AWS_SECRET_ACCESS_KEY or the profile"
        case ("ExpiredToken", _), ("InvalidToken", _), ("TokenRefreshRequired", _):
            "\(what): the session token is not valid (\(said)); get new credentials"
        case ("RequestTimeTooSkewed", _):
            "\(what): this machine's clock is wrong by more than 15 minutes; set it"
        case ("XAmzContentSHA256Mismatch", _), ("BadDigest", _):
            "\(what): the file changed while it was read, or was damaged on its way (\(said)); run it again"
        case ("PermanentRedirect", _), ("AuthorizationHeaderMalformed", _), (_, 301):
            "\(what): the bucket is in another region or at another address (\(said)); check "
                + "publish.region and publish.endpoint"
        case ("AccessDenied", _), ("AllAccessDisabled", _), ("", 401), ("", 403), ("Forbidden", _):
            "\(what): access denied (\(said)); the credentials need \(operation.permission) "
                + "on \(resource)" + (key == nil ? "" : ", and s3:ListBucket on \(bucketResource)")
        case ("", 412), ("PreconditionFailed", _), ("ConditionalRequestConflict", _):
            "\(what): the object was changed by someone else in the meantime (\(said))"
        default:
            "\(what): \(said), status \(status)"
                + (message.isEmpty ? "" : ": \(terminalSafe(message, limit: 300))")
        }
    }

    private var bucketResource: String { "arn:aws:s3:::\(bucket.name)" }

    private var resource: String {
        operation == .list ? bucketResource : "\(bucketResource)/*"
    }
}
