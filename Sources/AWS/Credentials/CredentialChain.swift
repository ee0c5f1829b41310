import Tasks

/// Places asked one after the other; the first that is set up gives the credentials.
public struct CredentialChain: CredentialSource {
    private let sources: [any CredentialSource]

    public init(_ sources: [any CredentialSource]) {
        self.sources = sources
    }

    /// In the order of the AWS SDKs: the environment, web identity, the profile that `AWS_PROFILE`
    /// names or `default`, the container, the instance.
    ///
    /// - Parameters:
    ///   - home: the folder `~` stands for.
    ///   - region: where STS is asked if neither the environment nor the profile says.
    ///   - retry: of what STS is asked.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers".
    public init(
        environment: [String: String], home: String, region: String? = nil,
        retry: Retry = Retry(limit: .seconds(10))
    ) {
        let profile = Profile(environment: environment, home: home, region: region, retry: retry)
        let variables = Environment(variables: environment)
        self.init([
            EnvironmentCredentials(variables),
            EnvironmentWebIdentity(environment: variables, home: home, profile: profile),
            profile,
            ContainerCredentials(variables, home: home) { () throws(AWSError) in
                try profile.certificates()
            },
            InstanceCredentials(variables),
        ])
    }

    public var name: String { sources.map(\.name).joined(separator: ", ") }

    /// The place that gives the credentials, in words, when it is asked now.
    ///
    /// Throws `noCredentials` where no place is set up.
    public func used() async throws(AWSError) -> String {
        for source in sources where try await source.credentials() != nil { return source.name }
        throw .noCredentials(places: sources.map(\.name))
    }

    /// Throws `noCredentials` where no place is set up; never nil.
    public func credentials() async throws(AWSError) -> Credentials? {
        for source in sources {
            if let found = try await source.credentials() { return found }
        }
        throw .noCredentials(places: sources.map(\.name))
    }
}
