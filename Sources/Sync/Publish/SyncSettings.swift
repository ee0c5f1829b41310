import AWS
import Archive
import Output
import Tasks

/// What to publish where, and how.
public struct SyncSettings: Sendable {
    /// The folder that a build has filled.
    public var folder: String
    public var destination: Destination
    public var choice = SyncChoice()
    /// The CloudFront distribution before the bucket; nil if there is none.
    public var distribution: CloudFrontClient?
    /// The site's address there, with a slash at its end; nil if nobody said.
    public var siteAddress: String?
    /// What of the archive the site does not show.
    public var withheld: [Withheld] = []
    /// Windows of which the archive says that they were taken back, so that what is published may lose them.
    public var takenBack: Set<WindowKey> = []
    /// Where sync keeps what spares requests at the next run; nil for nowhere.
    public var stateFolder: String?
    /// What a build has made just now; and from how many files on it is believed, and only what it says to have changed
    /// since the last publish is looked at. Nil if all files are looked at, however many.
    public var believed: (list: FileList, from: Int)?
    /// A PEM file of authorities that the bucket's server has in the place of the system's.
    public var certificates: String?
    /// How many uploads run at once.
    public var concurrency: Int
    /// How long a request that fails for a moment is tried again.
    public var retry: Retry
    /// How long the server may send and take nothing in the middle of a request.
    public var silenceLimit: Duration

    public init(
        folder: String, bucket: S3Bucket, prefix: Prefix, choice: SyncChoice = SyncChoice(),
        stateFolder: String? = nil, concurrency: Int = 32, retry: Retry = SyncSettings.patience,
        silenceLimit: Duration = .seconds(30)
    ) {
        self.init(
            folder: folder, destination: .bucket(bucket, prefix), choice: choice,
            stateFolder: stateFolder, concurrency: concurrency, retry: retry,
            silenceLimit: silenceLimit)
    }

    public init(
        folder: String, destination: Destination, choice: SyncChoice = SyncChoice(),
        stateFolder: String? = nil, concurrency: Int = 32, retry: Retry = SyncSettings.patience,
        silenceLimit: Duration = .seconds(30)
    ) {
        self.folder = folder
        self.destination = destination
        self.choice = choice
        self.stateFolder = stateFolder
        self.concurrency = concurrency
        self.retry = retry
        self.silenceLimit = silenceLimit
    }

    /// A server that is away for ten minutes costs no publish.
    public static let patience = Retry(limit: .seconds(600))

    /// The path of the site's address, with a slash at its end.
    var edgeBase: String {
        guard let siteAddress, let scheme = siteAddress.firstRange(of: "://"),
            let slash = siteAddress[scheme.upperBound...].firstIndex(of: "/")
        else {
            if case .bucket(_, let prefix) = destination { return "/" + prefix.text }
            return "/"
        }
        return String(siteAddress[slash...])
    }
}
