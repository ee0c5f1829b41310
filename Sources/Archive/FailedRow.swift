import Calendar

/// One line of `.failed.csv`: a live run that read nothing, whose slot a later run may still read.
///
/// The first run after the slot's end writes a window that is missing, for this reason.
public struct FailedRow: Hashable, Sendable {
    public var slot: Timestamp
    public var source: String
    public var reason: String

    public init(slot: Timestamp, source: String, reason: String) {
        (self.slot, self.source, self.reason) = (slot, source, reason)
    }
}

extension FailedRow: ArchiveRow {
    public static let columns = ["slot", "source", "reason"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        reason = try fields.text()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.text(reason)
    }
}
