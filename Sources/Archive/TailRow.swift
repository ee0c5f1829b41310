import Calendar

/// One line of `tail/YYYY/YYYY-MM-DD.csv`: a hashtag of a window, kept as the baseline of later ones.
///
/// A window's tail is its thousand highest ranks, those with two accounts or more.
public struct TailRow: Hashable, Sendable {
    /// Rows that a window's tail has at the most.
    public static let longest = 1000
    /// Accounts that each of its tags has at the least.
    public static let fewestAccounts = 2

    public var slot: Timestamp
    public var source: String
    /// The key.
    public var tag: String
    public var posts: Int
    public var accounts: Int

    public init(slot: Timestamp, source: String, tag: String, posts: Int, accounts: Int) {
        self.slot = slot
        self.source = source
        self.tag = tag
        self.posts = posts
        self.accounts = accounts
    }
}

extension TailRow: ArchiveRow {
    public static let columns = ["slot", "source", "tag", "posts", "accounts"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        tag = try fields.text()
        posts = try fields.count()
        accounts = try fields.count()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.text(tag)
        encoder.count(posts)
        encoder.count(accounts)
    }
}
