import Tasks
import Text
import Transport

/// One profile of the AWS files: the one that `AWS_PROFILE` or `AWS_DEFAULT_PROFILE` names, or
/// `default`, in `~/.aws/credentials` and `~/.aws/config` or in the files that
/// `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` name; and what variables say in its place.
public struct Profile: CredentialSource {
    private let environment: Environment
    private let home: String
    private let profile: String
    /// The variable that names it; nil if it is the default one.
    private let variable: String?
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
        self.environment = variables
        self.home = home
        otherRegion = region
        self.retry = retry
        variable = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].first { variables[$0] != nil }
        profile = variable.flatMap { variables[$0] } ?? "default"
        credentialsPath = HomeFolder.expanding(
            variables["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials", home: home)
        configPath = HomeFolder.expanding(
            variables["AWS_CONFIG_FILE"] ?? "~/.aws/config", home: home)
    }

    public var name: String { "profile \(profile) in \(credentialsPath) and \(configPath)" }

    /// Nil for a default profile without credentials, and if there is none.
    public func credentials() async throws(AWSError) -> Credentials? {
        let set = try profiles()
        guard set.contains(profile) else {
            guard let variable else { return nil }
            throw .noSuchProfile(
                profile, variable: variable, paths: [credentialsPath, configPath],
                isMisnamed: set.isMisnamed(profile))
        }
        let resolution = ProfileResolution(
            set: set, environment: environment, home: home, tokens: try tokens(),
            signOnEndpoint: try endpoint(of: "sso"),
            signOnTokenEndpoint: try endpoint(of: "sso_oidc"))
        if let found = try await resolution.credentials(of: profile) { return found }
        // Whoever names a profile does not mean another identity.
        guard let variable else { return nil }
        throw .profile(profile, reason: "it has no credentials, and \(variable) names it")
    }

    /// `AWS_REGION`, `AWS_DEFAULT_REGION` or the region the profile names; nil if there is none of
    /// them.
    public func region() throws(AWSError) -> String? {
        if let region = environment.first("AWS_REGION", "AWS_DEFAULT_REGION") { return region }
        return try setting("region")
    }

    /// Where a service (`s3`, `sts`) is asked, other than at its own address; nil if nobody says.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
    public func endpoint(of service: String) throws(AWSError) -> String? {
        if environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true" { return nil }
        for name in ["AWS_ENDPOINT_URL_\(service.uppercased())", "AWS_ENDPOINT_URL"] {
            if let address = environment[name] { return try Self.checked(address, of: name) }
        }
        let set = try profiles()
        if set.setting("ignore_configured_endpoint_urls", of: profile)?.revealed.lowercased()
            == "true"
        {
            return nil
        }
        if let services = set.setting("services", of: profile)?.revealed {
            let place = "services \(services)"
            guard set.contains(section: place) else {
                throw .profile(
                    profile, reason: "services names \(services), and there is no [\(place)]")
            }
            if let found = set.setting("\(service).endpoint_url", in: place) {
                return try Self.checked(found.revealed, of: "endpoint_url of [\(place)]")
            }
        }
        return try set.setting("endpoint_url", of: profile)
            .map { address throws(AWSError) in
                try Self.checked(address.revealed, of: "endpoint_url of profile \(profile)")
            }
    }

    /// Who reads of a mistake has to know where it stands; the address itself may hold a password.
    private static func checked(_ address: String, of origin: String) throws(AWSError) -> String {
        do throws(TransportError) { _ = try Address(address) } catch {
            if case .address(_, let reason) = error {
                throw .name(origin, reason: "is no address such as https://host: \(reason)")
            }
        }
        return address
    }

    /// A PEM file of authorities to trust in the place of the system's: `AWS_CA_BUNDLE`, the profile's
    /// `ca_bundle`, or `SSL_CERT_FILE`, as sources have it; nil for the system's.
    public func certificates() throws(AWSError) -> String? {
        var path = environment["AWS_CA_BUNDLE"]
        if path == nil { path = try setting("ca_bundle") }
        return (path ?? environment["SSL_CERT_FILE"]).map { HomeFolder.expanding($0, home: home) }
    }

    /// Where the tools put the name of a bucket: `path`, `virtual` or `auto`; nil if nobody says.
    public func addressingStyle() throws(AWSError) -> String? {
        try setting("s3.addressing_style")?.lowercased()
    }

    /// STS as these settings find it.
    func tokens() throws(AWSError) -> TokenService {
        TokenService(
            region: try region() ?? otherRegion ?? "us-east-1",
            endpoint: try endpoint(of: "sts"), certificates: try certificates(), retry: retry)
    }

    private func setting(_ key: String) throws(AWSError) -> String? {
        try profiles().setting(key, of: profile)?.revealed
    }

    private func profiles() throws(AWSError) -> ProfileSet {
        try ProfileSet(credentialsPath: credentialsPath, configPath: configPath)
    }
}
