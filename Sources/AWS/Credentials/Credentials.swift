/// A pair of keys, with the token and the end that temporary ones have.
public struct Credentials: Hashable, Sendable {
    public var accessKeyID: String
    public var secretAccessKey: Secret
    public var sessionToken: Secret?
    /// When they end; nil if they do not, or nobody said when.
    public var expiration: SigningTime?

    public init(
        accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil,
        expiration: SigningTime? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }
}
