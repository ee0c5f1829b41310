import Tasks

/// One profile of the AWS files: `AWS_PROFILE` or `default`, in `~/.aws/credentials` and
/// `~/.aws/config` or in the files that `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` name.
public struct Profile: CredentialSource {
    private let environment: Environment
    private let profile: String
    private let credentialsPath: String
    private let configPath: String
    private let otherRegion: String?
    private let retry: Retry

    /// - Parameters:
    ///   - home: the folder `~` stands for.
    ///   - region: where STS is asked if neither the environment nor the profile says.
    ///   - retry: of what STS is asked.
    public init(
        environment: [String: String], home: String, region: String? = nil,
        retry: Retry = Retry(limit: .seconds(10))
    ) {
        let variables = Environment(variables: environment)
        func path(_ path: String) -> String {
            path.hasPrefix("~/") ? home + path.dropFirst(1) : path
        }
        self.environment = variables
        otherRegion = region
        self.retry = retry
        profile = variables["AWS_PROFILE"] ?? "default"
        credentialsPath = path(
            variables["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials")
        configPath = path(variables["AWS_CONFIG_FILE"] ?? "~/.aws/config")
    }

    public var name: String { "profile \(profile) in \(credentialsPath) and \(configPath)" }

    /// Nil for a profile without credentials, and if there is no default one.
    public func credentials() async throws(AWSError) -> Credentials? {
        let set = try profiles()
        guard set.contains(profile) else {
            if environment["AWS_PROFILE"] == nil { return nil }
            throw .noSuchProfile(profile, paths: [credentialsPath, configPath])
        }
        return try await ProfileResolution(set: set, environment: environment, tokens: tokens)
            .credentials(of: profile)
    }

    /// `AWS_REGION`, `AWS_DEFAULT_REGION` or the region the profile names; nil if there is none of
    /// them.
    public func region() throws(AWSError) -> String? {
        if let region = environment.first("AWS_REGION", "AWS_DEFAULT_REGION") { return region }
        return try profiles().setting("region", of: profile)?.revealed
    }

    /// STS as these settings find it. Files that cannot be read are an error later, when they are
    /// read for their credentials.
    var tokens: TokenService {
        let region = (try? region()) ?? otherRegion ?? "us-east-1"
        return TokenService(region: region, environment: environment, retry: retry)
    }

    private func profiles() throws(AWSError) -> ProfileSet {
        try ProfileSet(credentialsPath: credentialsPath, configPath: configPath)
    }
}
