import AWS

/// What to publish where, and how.
public struct SyncSettings: Sendable {
    /// The folder that a build has filled.
    public var folder: String
    public var bucket: S3Bucket
    public var prefix: Prefix
    public var choice = SyncChoice()
    /// The CloudFront distribution before the bucket; nil if there is none.
    public var distribution: CloudFrontClient?
    /// The path of the site's address there, with a slash at its end.
    public var addressPath = "/"
    /// Where sync keeps what spares requests at the next run; nil for nowhere.
    public var stateFolder: String?
    /// How many uploads run at once.
    public var concurrency: Int
    public var retry: RetryPolicy
    /// How long the server may send and take nothing in the middle of a request.
    public var silenceLimit: Duration

    public init(
        folder: String, bucket: S3Bucket, prefix: Prefix, choice: SyncChoice = SyncChoice(),
        stateFolder: String? = nil, concurrency: Int = 32, retry: RetryPolicy = RetryPolicy(),
        silenceLimit: Duration = .seconds(30)
    ) {
        self.folder = folder
        self.bucket = bucket
        self.prefix = prefix
        self.choice = choice
        self.stateFolder = stateFolder
        self.concurrency = concurrency
        self.retry = retry
        self.silenceLimit = silenceLimit
    }
}
