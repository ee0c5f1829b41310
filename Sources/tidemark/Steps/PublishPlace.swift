import AWS
import Sync

/// Where these settings publish to, and as whom.
struct PublishPlace {
    let bucket: S3Bucket
    let prefix: Prefix
    let credentials: CachedCredentials
    /// Nil if there is none.
    let distribution: CloudFrontClient?
    /// The path of the site's address, with a slash at its end.
    let addressPath: String

    /// Throws an error of configuration; nothing is asked yet.
    init(_ settings: Settings, _ context: RunContext) throws {
        let publish = settings.publish
        let (environment, home) = (context.environment, context.environment["HOME"] ?? "")
        guard let name = publish.bucket else { throw NoBucket() }
        let region = try Self.region(publish, environment, home)
        bucket = try S3Bucket(name: name, region: region, endpoint: publish.endpoint)
        prefix = try Prefix(publish.prefix)
        let credentials = CachedCredentials(
            CredentialChain(
                environment: environment, home: home,
                // That of another server means nothing to AWS.
                region: publish.endpoint == nil ? region : nil))
        self.credentials = credentials
        distribution = try publish.distribution.map {
            try CloudFrontClient(
                distribution: $0, region: region, credentials: credentials,
                environment: environment)
        }
        addressPath = Self.path(of: settings.site.url) ?? "/" + prefix.text
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

    /// What follows the host; nil without an address.
    private static func path(of address: String?) -> String? {
        guard let address, let scheme = address.firstRange(of: "://"),
            let slash = address[scheme.upperBound...].firstIndex(of: "/")
        else { return nil }
        return String(address[slash...])
    }

    private struct NoBucket: ExitCoded, CustomStringConvertible {
        let description = "publish.bucket is not set: name the bucket of the site"
        let exitCode = ExitCode.configuration
    }

    private struct NoRegion: ExitCoded, CustomStringConvertible {
        let description =
            "publish.region is not set, and neither AWS_REGION nor a profile names one"
        let exitCode = ExitCode.configuration
    }
}
