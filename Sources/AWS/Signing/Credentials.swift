import Calendar
import Text

/// A pair of keys, with the token and the end that temporary ones have.
public struct Credentials: Hashable, Sendable {
    public var accessKeyID: String
    public var secretAccessKey: Secret
    public var sessionToken: Secret?
    /// When they end; nil if they do not, or nobody said when.
    public var expiration: Timestamp?

    public init(
        accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil,
        expiration: Timestamp? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }
}

/// A place credentials may come from.
public protocol CredentialSource: Sendable {
    /// The place in words, for the sentence that says where was looked.
    var name: String { get }
    /// Nil if this place is not set up at all; an error if it is, but wrongly.
    func credentials() async throws(AWSError) -> Credentials?
}

/// Credentials that are there already.
struct FixedCredentials: CredentialSource {
    let name = "another place"
    let pair: Credentials

    init(_ pair: Credentials) { self.pair = pair }

    func credentials() -> Credentials? { pair }
}
