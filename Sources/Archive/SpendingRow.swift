import Calendar

/// One line of `spending/YYYY.csv`: posts of a paid source that were set aside before they were read,
/// or given back because they were not.
public struct SpendingRow: Hashable, Sendable {
    /// The start of the slot they are for.
    public var slot: Timestamp
    public var source: String
    public var reserved: Int
    public var returned: Int

    public init(slot: Timestamp, source: String, reserved: Int = 0, returned: Int = 0) {
        self.slot = slot
        self.source = source
        self.reserved = reserved
        self.returned = returned
    }
}

extension SpendingRow: ArchiveRow {
    public static let columns = ["slot", "source", "reserved", "returned"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        reserved = try fields.count()
        returned = try fields.count()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.count(reserved)
        encoder.count(returned)
    }
}
