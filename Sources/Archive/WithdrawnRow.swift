import Calendar

/// One line of `withdrawn.csv`, which the operator writes: a hashtag shown nowhere any more.
public struct WithdrawnRow: Hashable, Sendable {
    /// The key.
    public var tag: String
    /// When it was withdrawn.
    public var since: Timestamp
    /// For the operator; never published.
    public var reason: String

    public init(tag: String, since: Timestamp, reason: String) {
        self.tag = tag
        self.since = since
        self.reason = reason
    }
}

extension WithdrawnRow: ArchiveRow {
    public static let columns = ["tag", "since", "reason"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        tag = try fields.text()
        since = try fields.timestamp()
        reason = try fields.text()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.text(tag)
        encoder.timestamp(since)
        encoder.text(reason)
    }
}
