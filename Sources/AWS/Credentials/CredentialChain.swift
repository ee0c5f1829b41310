/// Places asked one after the other; the first that is set up gives the credentials.
public struct CredentialChain: CredentialSource {
    private let sources: [any CredentialSource]

    public init(_ sources: [any CredentialSource]) {
        self.sources = sources
    }

    /// In the order of the AWS tools: the environment, then the profile that `AWS_PROFILE` names or
    /// `default`.
    public init(environment: [String: String], home: String) {
        self.init([
            EnvironmentCredentials(environment: environment),
            Profile(environment: environment, home: home),
        ])
    }

    public var name: String { sources.map(\.name).joined(separator: ", ") }

    /// Throws `noCredentials` where no place is set up; never nil.
    public func credentials() async throws(AWSError) -> Credentials? {
        for source in sources {
            if let found = try await source.credentials() { return found }
        }
        throw .noCredentials(places: sources.map(\.name))
    }
}
