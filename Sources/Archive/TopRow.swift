import Calendar

/// One line of `top/YYYY/YYYY-MM-DD.csv` or `trending/YYYY/YYYY-MM-DD.csv`: a hashtag of a published list.
public struct TopRow: Hashable, Sendable {
    public var slot: Timestamp
    public var source: String
    /// 1 for the first.
    public var rank: Int
    /// The key.
    public var tag: String
    /// As most people wrote it.
    public var spelling: String
    public var posts: Int
    public var accounts: Int
    /// Accounts expected by the same slot of earlier days; nil while there are too few of them.
    public var expected: Double?
    /// Signed log-likelihood ratio G²; nil where `expected` is.
    public var score: Double?
    /// Of the windows that `expected` follows from, those in which the tag was below the tail and so counts as the
    /// most it can have been: with any, `expected` is a bound. Nil where `expected` is, and in files begun before
    /// there was such a column.
    public var bounds: Int?

    public init(
        slot: Timestamp, source: String, rank: Int, tag: String, spelling: String, posts: Int,
        accounts: Int, expected: Double? = nil, score: Double? = nil, bounds: Int? = nil
    ) {
        self.slot = slot
        self.source = source
        self.rank = rank
        self.tag = tag
        self.spelling = spelling
        self.posts = posts
        self.accounts = accounts
        self.expected = expected
        self.score = score
        self.bounds = bounds
    }
}

extension TopRow: ArchiveRow {
    public static let columns = [
        "slot", "source", "rank", "tag", "spelling", "posts", "accounts", "expected", "score",
    ]

    public static let optionalColumns = ["bounds"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        rank = try fields.count()
        tag = try fields.text()
        spelling = try fields.text()
        posts = try fields.count()
        accounts = try fields.count()
        expected = try fields.optionalNumber()
        score = try fields.optionalNumber()
        bounds = try fields.find("bounds") ? fields.optionalCount() : nil
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.count(rank)
        encoder.text(tag)
        encoder.text(spelling)
        encoder.count(posts)
        encoder.count(accounts)
        encoder.number(expected, decimals: 2)
        encoder.number(score, decimals: 2)
    }

    public func encode(_ column: String, into encoder: inout CSVEncoder) {
        encoder.text(column == "bounds" ? bounds.map(String.init) ?? "" : "")
    }
}
