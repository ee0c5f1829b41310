import Calendar

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
    /// Of the keys, those that may not be listed; nil where the file has no such column.
    public var held: Int?
    /// What `dropped` is made of; nil where the file has no such column.
    public var reasons: DropReasons?
    /// What happened, for people; empty if nothing did, nil where the file has no such column.
    public var note: String?
    /// Lines of its top, trending and tail together: a list whose end is missing looks like one that is
    /// shorter. Nil where the file has no such column.
    public var rows: Int?
    /// The hash of the rules that it was counted by, which `rules.csv` explains; nil if nothing was counted, or the
    /// file has no such column.
    public var rules: String?

    public init(
        slot: Timestamp, source: String, start: Timestamp, end: Timestamp, status: WindowStatus,
        coverage: Double, posts: Int = 0, tagged: Int = 0, accounts: Int = 0, tags: Int = 0,
        duplicates: Int = 0, dropped: Int = 0, reconnects: Int = 0, version: String,
        held: Int? = nil, reasons: DropReasons? = nil, note: String? = nil,
        rows: Int? = nil
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
        self.held = held
        self.reasons = reasons
        self.note = note
        self.rows = rows
    }
}

extension WindowRow: ArchiveRow {
    public static let columns = [
        "slot", "source", "start", "end", "status", "coverage", "posts", "tagged", "accounts",
        "tags", "duplicates", "dropped", "reconnects", "version",
    ]

    public static let optionalColumns = ["held", "reasons", "note", "rules", "rows"]

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
        held = try fields.find("held") ? fields.optionalCount() : nil
        reasons = try fields.find("reasons") ? fields.dropReasons() : nil
        note = try fields.find("note") ? fields.text() : nil
        rows = try fields.find("rows") ? fields.optionalCount() : nil
        if fields.find("rules"), case let hash = try fields.text(), !hash.isEmpty { rules = hash }
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

    public func encode(_ column: String, into encoder: inout CSVEncoder) {
        switch column {
        case "held": encoder.text(held.map(String.init) ?? "")
        case "reasons": encoder.text(reasons?.description ?? "")
        case "note": encoder.text(note ?? "")
        case "rows": encoder.text(rows.map(String.init) ?? "")
        case "rules": encoder.text(rules ?? "")
        default: encoder.text("")
        }
    }
}
