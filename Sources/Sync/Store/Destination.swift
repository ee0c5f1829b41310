import AWS
import Tasks

/// Where a site is published to.
public enum Destination: Sendable {
    case bucket(S3Bucket, Prefix)
    /// A folder that a web server shows.
    case folder(String)
    /// Where a host of static pages looks.
    case branch(GitBranch)

    /// For messages.
    public var name: String {
        switch self {
        case .bucket(let bucket, _): bucket.name
        case .folder(let path): path
        case .branch(let branch): branch.name
        }
    }

    func store(
        credentials: any CredentialSource, retry: Retry, silenceLimit: Duration,
        concurrency: Int, certificates: String? = nil, state: LocalState = LocalState(folder: nil),
        siteAddress: String? = nil
    ) throws(SyncError) -> any Store {
        switch self {
        case .bucket(let bucket, let prefix):
            let client = try storing { () throws(AWSError) in
                try S3Client(
                    bucket: bucket, credentials: credentials, retry: retry,
                    silenceLimit: silenceLimit, maxActive: concurrency,
                    certificates: certificates)
            }
            return S3Store(client: client, prefix: prefix, state: state, siteAddress: siteAddress)
        case .folder(let path): return FolderStore(folder: path)
        case .branch(let branch):
            return GitStore(
                branch: branch, folder: state.folder.map { $0 + "/git" }, retry: retry)
        }
    }
}
