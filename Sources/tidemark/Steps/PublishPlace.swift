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
        let access = try publish.bucket.map {
            try BucketAccess($0, publish, in: environment, retry: retry)
        }
        certificates = access?.certificates
        let home = HomeFolder.path(in: environment)
        // No other place needs them but a distribution.
        chain =
            access?.chain
            ?? CredentialChain(environment: environment, home: home, region: nil, retry: retry)
        let credentials = access?.credentials ?? CachedCredentials(chain)
        self.credentials = credentials
        let profile = Profile(environment: environment, home: home)
        distribution = try publish.distribution.map {
            try CloudFrontClient(
                distribution: $0, region: access?.region ?? "", credentials: credentials,
                endpoint: profile.endpoint(of: "cloudfront"), retry: retry,
                certificates: profile.certificates())
        }
        if let access {
            destination = .bucket(access.bucket, try Prefix(publish.prefix))
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

    private struct Nowhere: ExitCoded, CustomStringConvertible {
        let description =
            "publish.bucket is not set: name the bucket of the site, or publish.directory or "
            + "publish.repository in its place"
        let exitCode = ExitCode.configuration
    }
}
