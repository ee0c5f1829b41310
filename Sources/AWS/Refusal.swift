import Text
import Transport

/// An answer of a service that says no, with what an operator needs to do about it.
public struct Refusal: Hashable, Sendable {
    /// `PutObject`, `AssumeRole`, …
    public var operation: String
    /// What it was about: bucket and key, the name of a role.
    public var resource: String
    /// What the credentials need for it.
    public var permission: String
    /// The status, 200 among them: services put errors inside such answers too.
    public var status: Int
    /// `AccessDenied`, `NoSuchBucket`, …; empty if the answer had none.
    public var code: String
    public var message: String
    /// Of a transaction that was cancelled, the code for each of its items; `None` for those that would have gone.
    public var causes: [String] = []
    /// The region that was asked.
    public var region: String
    /// The region that it should have been, where the service said so.
    public var otherRegion: String?
    /// How many seconds the clock of the signature is behind the server's, by its Date; nil if it has
    /// none.
    public var clockLag: Int?
    /// How long to wait before the next attempt, where the service said so.
    public var wait: Duration?

    /// Clocks that are further apart, in seconds, are wrong: S3 bears 15 minutes, others 5.
    static let greatestClockLag = 120

    var isConditionFailure: Bool {
        status == 412 || causes.contains("ConditionalCheckFailed")
            || [
                "PreconditionFailed", "ConditionalRequestConflict",
                "ConditionalCheckFailedException",
            ].contains(code)
    }

    /// Temporary by status or by code (botocore's list for its standard mode, RequestTimeout, and what Kinesis and
    /// DynamoDB say of their own).
    var isTransient: Bool {
        [429, 500, 502, 503, 504].contains(status) || isOfTransientCauses
            || [
                "IDPCommunicationError", "InternalError", "InternalFailure",
                "InternalServerError", "KMSThrottlingException", "LimitExceededException",
                "OperationAborted", "PriorRequestNotComplete",
                "ProvisionedThroughputExceededException", "RequestLimitExceeded",
                "RequestThrottled", "RequestTimeout", "ServiceUnavailable", "SlowDown",
                "ThrottledException", "Throttling", "ThrottlingException",
                "TooManyInvalidationsInProgress", "TooManyRequests",
                "TransactionConflictException", "TransactionInProgressException",
            ].contains(code)
    }

    /// Whether a transaction was cancelled by nothing but others that ran at once, and by limits.
    private var isOfTransientCauses: Bool {
        let causes = causes.filter { $0 != "None" }
        return !causes.isEmpty
            && causes.allSatisfy {
                ["TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"]
                    .contains($0)
            }
    }

    private var isClockSkew: Bool {
        ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"].contains(code)
    }

    private var isBadSignature: Bool {
        ["SignatureDoesNotMatch", "InvalidSignatureException"].contains(code)
    }

    /// Whether it may be for the time in the signature: STS has no code of its own for that.
    var mayBeClockSkew: Bool { isClockSkew || isBadSignature }

    /// Whether what was asked for is in another region, and the answer says in which.
    var isElsewhere: Bool { otherRegion != nil && [301, 307, 400].contains(status) }

    /// Whether the service may have no such operation or condition, as some kin of S3: their codes for
    /// that are many.
    var isUnsupported: Bool {
        [405, 501].contains(status) || ["NotImplemented", "MethodNotAllowed"].contains(code)
            || status == 400 && !isOfCredentials && !isTransient && otherRegion == nil
    }

    private var isOfCredentials: Bool {
        [
            "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidAccessKeyId",
            "AuthorizationHeaderMalformed", "AuthorizationQueryParametersError",
        ].contains(code)
    }

    /// Whether a digest of the body is wanted in a header of its own, as Object Lock does.
    var wantsDigest: Bool {
        let words = message.lowercased()
        return status == 400 && !["BadDigest", "InvalidDigest"].contains(code)
            && (code.contains("MD5") || words.contains("content-md5") || words.contains("checksum"))
    }

    var isMissingKey: Bool {
        code == "NoSuchKey" || status == 404 && (code.isEmpty || code == "NotFound")
    }
}

extension Refusal: CustomStringConvertible {
    public var description: String {
        "\(operation) on \(terminalSafe(resource, limit: 300)): \(reason)"
    }

    private var reason: String {
        if let otherRegion {
            return "the bucket is in \(terminalSafe(otherRegion)), not in \(region); "
                + "set publish.region"
        }
        let said = code.isEmpty ? "status \(status)" : terminalSafe(code)
        if mayBeClockSkew, let clockLag, abs(clockLag) > Self.greatestClockLag {
            return "this machine's clock is \(abs(clockLag)) seconds "
                + "\(clockLag > 0 ? "behind" : "ahead of") the server's (\(said)); set it"
        }
        return switch (code, status) {
        case ("NoSuchBucket", _): "there is no such bucket; create it or correct publish.bucket"
        case ("InvalidAccessKeyId", _), ("InvalidClientTokenId", _),
            ("InvalidClientTokenIdException", _),
            ("UnrecognizedClientException", _):
            "the access key id is not known there; check AWS_ACCESS_KEY_ID or the profile"
        case ("SignatureDoesNotMatch", _), ("InvalidSignatureException", _):
            "the signature does not match; check AWS_SECRET_ACCESS_KEY or the profile"
        case ("ResourceNotFoundException", _):
            "it is not there in \(region); create it, or correct its name and region"
        case ("ResourceInUseException", _): "it is being made or changed just now; try again"
        case (let code, _) where code.hasPrefix("KMS"):
            "its key cannot be used (\(said))\(words); the credentials need kms:Decrypt and "
                + "kms:GenerateDataKey on that key, which has to be enabled"
        case ("ExpiredToken", _), ("ExpiredTokenException", _), ("InvalidToken", _),
            ("TokenRefreshRequired", _):
            "the session token is not valid (\(said)); get new credentials"
        case ("RequestTimeTooSkewed", _), ("RequestExpired", _), ("RequestInTheFuture", _):
            "this machine's clock is wrong by more than 15 minutes; set it"
        case ("XAmzContentSHA256Mismatch", _), ("BadDigest", _):
            "the file changed while it was read, or was damaged on its way (\(said)); run it again"
        case ("PermanentRedirect", _), ("AuthorizationHeaderMalformed", _), (_, 301...399):
            "the bucket is in another region or at another address (\(said)); check "
                + "publish.region and publish.endpoint"
        case ("", 404) where permission.hasPrefix("s3:"):
            "nothing of that name is there (\(said)); does an S3 server answer at publish.endpoint, and has it the bucket?"
        case ("AccessDenied", _), ("AccessDeniedException", _), ("AllAccessDisabled", _), ("", 401),
            ("", 403),
            ("Forbidden", _):
            "access denied (\(said))\(words); the credentials need \(permission)"
        case ("", 412), ("PreconditionFailed", _), ("ConditionalRequestConflict", _):
            "the object was changed by someone else in the meantime (\(said))"
        default: (code.isEmpty ? said : "\(said), status \(status)") + words
        }
    }

    /// What it says besides its code, if that is anything.
    private var words: String {
        let plain = message.hasSuffix(".") ? message.dropLast() : message[...]
        let isEmpty = ["", "access denied", "forbidden"].contains(plain.lowercased())
        return isEmpty ? "" : ": \(terminalSafe(String(plain), limit: 300))"
    }
}
