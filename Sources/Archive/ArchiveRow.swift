/// A line of an archive file: its columns, and the way between a line and a value.
public protocol ArchiveRow: Sendable {
    /// The header, in order. Files may have more columns behind these.
    static var columns: [String] { get }

    /// Reads the fields in the order of `columns`.
    init(fields: inout FieldReader) throws(ArchiveError)

    /// Writes the fields in the order of `columns`.
    func encode(into encoder: inout CSVEncoder)
}
