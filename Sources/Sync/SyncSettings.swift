import AWS

/// What to publish where.
public struct SyncSettings: Sendable {
    /// The folder that a build has filled.
    public var folder: String
    public var bucket: S3Bucket
    public var prefix: Prefix
    /// The most files that one run may delete.
    public var maxDeletes: Int
    /// How many uploads run at once.
    public var concurrency: Int
    public var retry: RetryPolicy

    public init(
        folder: String, bucket: S3Bucket, prefix: Prefix, maxDeletes: Int = 256,
        concurrency: Int = 16, retry: RetryPolicy = RetryPolicy()
    ) {
        self.folder = folder
        self.bucket = bucket
        self.prefix = prefix
        self.maxDeletes = maxDeletes
        self.concurrency = concurrency
        self.retry = retry
    }
}
