/// A place credentials may come from.
public protocol CredentialSource: Sendable {
    /// The place in words, for the sentence that says where was looked.
    var name: String { get }
    /// Nil if this place is not set up at all; an error if it is, but wrongly.
    func credentials() async throws(AWSError) -> Credentials?
}
