/// A line of an archive file: its columns, and the way between a line and a value.
public protocol ArchiveRow: Sendable {
    /// The columns that every file has, in order. Files may have more behind these.
    static var columns: [String] { get }

    /// Columns that new files have behind `columns`, and older ones need not.
    static var optionalColumns: [String] { get }

    /// Reads the fields in the order of `columns`.
    init(fields: inout FieldReader) throws(ArchiveError)

    /// Writes the fields in the order of `columns`.
    func encode(into encoder: inout CSVEncoder)

    /// Writes the field of a column behind those; an empty one if it is none of `optionalColumns`.
    func encode(_ column: String, into encoder: inout CSVEncoder)
}

extension ArchiveRow {
    public static var optionalColumns: [String] { [] }

    /// The header of a new file.
    public static var header: [String] { columns + optionalColumns }

    public func encode(_ column: String, into encoder: inout CSVEncoder) { encoder.text("") }
}
