import AWS
import Sync
import Tasks

/// Where these settings publish to, and as whom.
struct PublishPlace {
    let destination: Destination
    let credentials: CachedCredentials
    /// Where they come from.
    let chain: CredentialChain
    /// Nil if there is none.
    let distribution: CloudFrontClient?

    /// How long what fails for a moment is tried again.
    let retry: Retry
    /// A PEM file of authorities that the bucket's server has in the place of the system's; nil for the
    /// system's.
    let certificates: String?

    /// For whoever waits for the answer at a terminal.
    static let promptly = Retry(limit: .seconds(10))

    /// Whoever looks on is told what is waited for.
    private static func told(_ retry: Retry, _ console: Console) -> Retry {
        var told = retry
        told.sleep = { duration in
            if duration >= .seconds(1) {
                let seconds = duration.components.seconds
                console.progress("No good answer so far; asking again in \(seconds) s…")
            }
            try await retry.sleep(duration)
        }
        return told
    }

    /// Throws an error of configuration; nothing is asked yet.
    ///
    /// - Parameter retry: nil for as long as the configuration has it.
    init(
        _ settings: Settings, _ context: RunContext, retry: Retry? = nil
    ) throws {
        let publish = settings.publish
        let retry = Self.told(retry ?? Retry(limit: publish.patience), context.console)
        self.retry = retry
        let environment = context.environment
        let home = HomeFolder.path(in: environment)
        let profile = Profile(environment: environment, home: home)
        // The tools of AWS take the same variables and profiles; no other place needs them.
        let isBucket = publish.bucket != nil
        let endpoint = try publish.endpoint ?? (isBucket ? profile.endpoint(of: "s3") : nil)
        let region =
            try isBucket ? Self.region(publish, profile, isElsewhere: endpoint != nil) : nil
        certificates = try isBucket ? profile.certificates() : nil
        let bucket = try publish.bucket.map {
            try S3Bucket(
                name: $0, region: region ?? "", endpoint: endpoint,
                addressing: Self.addressing(publish, profile))
        }
        chain = CredentialChain(
            environment: environment, home: home,
            // That of another server means nothing to AWS.
            region: bucket?.isElsewhere == true ? nil : region, retry: retry)
        let credentials = CachedCredentials(chain)
        self.credentials = credentials
        distribution = try publish.distribution.map {
            try CloudFrontClient(
                distribution: $0, region: region ?? "", credentials: credentials,
                endpoint: profile.endpoint(of: "cloudfront"), retry: retry,
                certificates: profile.certificates())
        }
        if let bucket {
            destination = .bucket(bucket, try Prefix(publish.prefix))
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
        _ publish: Settings.Publish, _ profile: Profile, isElsewhere: Bool
    ) throws -> String {
        if let region = try publish.region ?? profile.region() { return region }
        guard isElsewhere else { throw NoRegion() }
        return "us-east-1"
    }

    /// Nil for the usual one.
    private static func addressing(
        _ publish: Settings.Publish, _ profile: Profile
    ) throws -> S3Bucket.Addressing? {
        switch publish.addressing {
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
