import Transport

/// An answer of a service that says no.
public struct ServiceRefusal: Hashable, Sendable {
    /// `AssumeRole`, `CreateInvalidation`, …
    public var operation: String
    /// What it was about.
    public var resource: String
    /// The IAM permission the operation takes: `sts:AssumeRole`.
    public var permission: String
    public var status: Int
    /// `AccessDenied`, …; empty if the answer had none.
    public var code: String
    public var message: String

    var isTransient: Bool {
        [429, 500, 502, 503, 504].contains(status)
            || [
                "IDPCommunicationError", "OperationAborted", "PriorRequestNotComplete",
                "RequestLimitExceeded", "RequestTimeout", "ServiceUnavailable", "SlowDown",
                "Throttling", "ThrottlingException", "TooManyInvalidationsInProgress",
            ].contains(code)
    }

    /// Whether it may be for the time in the signature.
    var isClockSkew: Bool {
        [
            "RequestTimeTooSkewed", "RequestExpired", "SignatureDoesNotMatch",
            "InvalidSignatureException", "RequestInTheFuture",
        ].contains(code)
    }
}

extension ServiceRefusal: CustomStringConvertible {
    public var description: String {
        let what = "\(operation) on \(terminalSafe(resource, limit: 300))"
        let said = code.isEmpty ? "status \(status)" : "\(terminalSafe(code)), status \(status)"
        let isDenied = status == 401 || status == 403
        let advice =
            switch code {
            case "InvalidAccessKeyId", "InvalidClientTokenId":
                "; the access key id is not known there"
            case "SignatureDoesNotMatch":
                "; check the secret access key and this machine's clock"
            case "ExpiredToken", "ExpiredTokenException":
                "; get new credentials"
            case "RequestTimeTooSkewed", "RequestExpired": "; set this machine's clock"
            default: isDenied ? "; the credentials need \(permission)" : ""
            }
        return "\(what): \(said)"
            + (message.isEmpty ? "" : ": \(terminalSafe(message, limit: 300))") + advice
    }
}
