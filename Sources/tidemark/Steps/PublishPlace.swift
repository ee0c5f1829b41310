import AWS
import Sync
import Tasks

/// Where these settings publish to, and as whom.
struct PublishPlace {
    let destination: Destination
    let credentials: CachedCredentials
    /// Nil if there is none.
    let distribution: CloudFrontClient?

    /// How long what fails for a moment is tried again.
    let retry: Retry

    /// For whoever waits for the answer at a terminal.
    static let promptly = Retry(limit: .seconds(10))

    /// Throws an error of configuration; nothing is asked yet.
    init(
        _ settings: Settings, _ context: RunContext, retry: Retry = SyncSettings.patience
    ) throws {
        self.retry = retry
        let publish = settings.publish
        let (environment, home) = (context.environment, context.environment["HOME"] ?? "")
        let region = try publish.bucket == nil ? nil : Self.region(publish, environment, home)
        let credentials = CachedCredentials(
            CredentialChain(
                environment: environment, home: home,
                // That of another server means nothing to AWS.
                region: publish.endpoint == nil ? region : nil, retry: retry))
        self.credentials = credentials
        distribution = try publish.distribution.map {
            try CloudFrontClient(
                distribution: $0, region: region ?? "", credentials: credentials,
                environment: environment, retry: retry)
        }
        if let name = publish.bucket, let region {
            destination = .bucket(
                try S3Bucket(name: name, region: region, endpoint: publish.endpoint),
                try Prefix(publish.prefix))
        } else if let directory = publish.directory {
            destination = .folder(directory)
        } else if let repository = publish.repository {
            destination = .branch(GitBranch(repository: repository, name: publish.branch))
        } else {
            throw Nowhere()
        }
    }

    /// The bucket, where it is one.
    func bucket() throws -> S3Bucket {
        guard case .bucket(let bucket, _) = destination else { throw Nowhere() }
        return bucket
    }

    /// As the AWS tools find it: the setting, the environment, the profile. Other servers mostly take
    /// `us-east-1` for any.
    private static func region(
        _ publish: Settings.Publish, _ environment: [String: String], _ home: String
    ) throws -> String {
        if let region = publish.region { return region }
        if let region = try Profile(environment: environment, home: home).region() { return region }
        guard publish.endpoint != nil else { throw NoRegion() }
        return "us-east-1"
    }

    private struct Nowhere: ExitCoded, CustomStringConvertible {
        let description =
            "publish.bucket is not set: name the bucket of the site, or publish.directory or "
            + "publish.repository in its place"
        let exitCode = ExitCode.configuration
    }

    private struct NoRegion: ExitCoded, CustomStringConvertible {
        let description =
            "publish.region is not set, and neither AWS_REGION nor a profile names one"
        let exitCode = ExitCode.configuration
    }
}
