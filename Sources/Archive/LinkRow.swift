import Calendar

/// One line of `links/YYYY/YYYY-MM-DD.csv`: an address that people gave in posts with a listed hashtag.
///
/// Up to five a hashtag, one of each host unless others of it are as strong; most accounts first, ties by the
/// address's bytes.
public struct LinkRow: Hashable, Sendable {
    /// Addresses that a hashtag has at the most.
    public static let most = 5
    /// One account in so many of the hashtag's gave the address, or more of them.
    public static let share = 20
    /// Accounts that gave an address at the least, unless the operator says otherwise.
    public static let fewestAccounts = 5

    public var slot: Timestamp
    public var source: String
    /// The key of the listed hashtag.
    public var tag: String
    /// As `LinkAddress` writes it.
    public var url: String
    /// Empty unless as many accounts as an address needs delivered the same one.
    public var title: String
    /// Who gave the address in posts that count, with the hashtag.
    public var accounts: Int

    public init(
        slot: Timestamp, source: String, tag: String, url: String, title: String, accounts: Int
    ) {
        self.slot = slot
        self.source = source
        self.tag = tag
        self.url = url
        self.title = title
        self.accounts = accounts
    }
}

extension LinkRow: ArchiveRow {
    public static let columns = ["slot", "source", "tag", "url", "title", "accounts"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        tag = try fields.text()
        url = try fields.text()
        title = try fields.text()
        accounts = try fields.count()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.text(tag)
        encoder.text(url)
        encoder.text(title)
        encoder.count(accounts)
    }
}
