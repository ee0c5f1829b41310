import Calendar

/// One line of `related/YYYY/YYYY-MM-DD.csv`: a hashtag that people wrote together with a listed one.
///
/// For each listed hashtag its ten strongest others, and beyond them every other listed one with three accounts or
/// more; most accounts first, ties by the other's scalars.
public struct RelatedRow: Hashable, Sendable {
    /// Others that a listed hashtag has whatever they are.
    public static let strongest = 10
    /// Accounts that one beyond these, which is listed itself, has at the least.
    public static let fewestAccounts = 3

    public var slot: Timestamp
    public var source: String
    /// The key of the listed hashtag.
    public var tag: String
    /// The key of the other.
    public var other: String
    /// Who wrote both in one post that counts.
    public var accounts: Int

    public init(slot: Timestamp, source: String, tag: String, other: String, accounts: Int) {
        self.slot = slot
        self.source = source
        self.tag = tag
        self.other = other
        self.accounts = accounts
    }
}

extension RelatedRow: ArchiveRow {
    public static let columns = ["slot", "source", "tag", "other", "accounts"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        tag = try fields.text()
        other = try fields.text()
        accounts = try fields.count()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.text(tag)
        encoder.text(other)
        encoder.count(accounts)
    }
}
