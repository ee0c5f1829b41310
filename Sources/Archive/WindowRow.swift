/// One line of `windows/YYYY.csv`: what was read of one slot of one source.
///
/// A top or tail row counts only if its slot and source have a window row: it is written last.
public struct WindowRow: Hashable, Sendable {
    /// The slot's start.
    public var slot: Timestamp
    public var source: String
    /// First instant read.
    public var start: Timestamp
    /// First instant no longer read; equal to `start` if nothing was.
    public var end: Timestamp
    public var status: WindowStatus
    /// Seconds read of the seconds meant, 0 to 1, written with four digits.
    public var coverage: Double
    /// Posts counted, after every filter.
    public var posts: Int
    /// Of these, posts with a hashtag that counted.
    public var tagged: Int
    /// Distinct authors of all counted posts: the N of the scores.
    public var accounts: Int
    /// Distinct hashtag keys.
    public var tags: Int
    /// Deliveries of a post already delivered.
    public var duplicates: Int
    /// Records read and not counted: unreadable, deleted, or filtered out.
    public var dropped: Int
    public var reconnects: Int
    /// The version of Tidemark that counted.
    public var version: String

    public init(
        slot: Timestamp, source: String, start: Timestamp, end: Timestamp, status: WindowStatus,
        coverage: Double, posts: Int = 0, tagged: Int = 0, accounts: Int = 0, tags: Int = 0,
        duplicates: Int = 0, dropped: Int = 0, reconnects: Int = 0, version: String
    ) {
        self.slot = slot
        self.source = source
        self.start = start
        self.end = end
        self.status = status
        self.coverage = coverage
        self.posts = posts
        self.tagged = tagged
        self.accounts = accounts
        self.tags = tags
        self.duplicates = duplicates
        self.dropped = dropped
        self.reconnects = reconnects
        self.version = version
    }
}

extension WindowRow: ArchiveRow {
    public static let columns = [
        "slot", "source", "start", "end", "status", "coverage", "posts", "tagged", "accounts",
        "tags", "duplicates", "dropped", "reconnects", "version",
    ]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        start = try fields.timestamp()
        end = try fields.timestamp()
        status = try fields.choice(of: WindowStatus.self)
        coverage = try fields.number()
        posts = try fields.count()
        tagged = try fields.count()
        accounts = try fields.count()
        tags = try fields.count()
        duplicates = try fields.count()
        dropped = try fields.count()
        reconnects = try fields.count()
        version = try fields.text()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.timestamp(start)
        encoder.timestamp(end)
        encoder.text(status.rawValue)
        encoder.number(coverage, decimals: 4)
        for count in [posts, tagged, accounts, tags, duplicates, dropped, reconnects] {
            encoder.count(count)
        }
        encoder.text(version)
    }
}
