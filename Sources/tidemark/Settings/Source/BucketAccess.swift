import AWS
import Tasks

/// A bucket, where it is and as whom it is asked: by the settings, and as the tools of AWS find what these leave open.
struct BucketAccess {
    let bucket: S3Bucket
    let region: String
    /// Where the credentials come from.
    let chain: CredentialChain
    let credentials: CachedCredentials
    /// How long what fails for a moment is tried again.
    let retry: Retry
    /// A PEM file of authorities that its server has in the place of the system's; nil for the system's.
    let certificates: String?

    /// Throws an error of configuration; nothing is asked yet.
    ///
    /// - Parameter settings: nil for what the environment and profiles say.
    init(
        _ name: String, _ settings: Settings.Publish?, in environment: [String: String],
        retry: Retry
    ) throws {
        let home = HomeFolder.path(in: environment)
        let profile = Profile(environment: environment, home: home)
        let endpoint = try settings?.endpoint ?? profile.endpoint(of: "s3")
        region = try Self.region(settings, profile, isElsewhere: endpoint != nil)
        certificates = try profile.certificates()
        bucket = try S3Bucket(
            name: name, region: region, endpoint: endpoint,
            addressing: Self.addressing(settings, profile))
        chain = CredentialChain(
            environment: environment, home: home,
            // That of another server means nothing to AWS.
            region: bucket.isElsewhere ? nil : region, retry: retry)
        credentials = CachedCredentials(chain)
        self.retry = retry
    }

    func client(maxActive: Int) throws(AWSError) -> S3Client {
        try S3Client(
            bucket: bucket, credentials: credentials, retry: retry, maxActive: maxActive,
            certificates: certificates)
    }

    /// As the AWS tools find it: the setting, the environment, the profile. Other servers mostly take
    /// `us-east-1` for any.
    private static func region(
        _ settings: Settings.Publish?, _ profile: Profile, isElsewhere: Bool
    ) throws -> String {
        if let region = try settings?.region ?? profile.region() { return region }
        guard isElsewhere else { throw NoRegion() }
        return "us-east-1"
    }

    /// Nil for the usual one.
    private static func addressing(
        _ settings: Settings.Publish?, _ profile: Profile
    ) throws -> S3Bucket.Addressing? {
        switch settings?.addressing ?? .auto {
        case .path: .path
        case .host: .host
        case .auto:
            switch try profile.addressingStyle() {
            case "path": .path
            case "virtual": .host
            default: nil
            }
        }
    }

    private struct NoRegion: ExitCoded, CustomStringConvertible {
        let description =
            "publish.region is not set, and neither AWS_REGION nor a profile names one"
        let exitCode = ExitCode.configuration
    }
}
