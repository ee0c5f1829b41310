import Files

/// A small file of an archive that lines are added to, each on the disk before anything else is done.
///
/// One writer at a time: the caller holds the archive's lock.
public struct SmallTable<Row: ArchiveRow>: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// In the order of the file; none if there is no such file. A torn last line is as if not written.
    public func rows() throws(ArchiveError) -> [Row] {
        try ArchiveFile(path)?.rows(of: Row.self) ?? []
    }

    public func append(_ rows: [Row]) throws(ArchiveError) {
        guard !rows.isEmpty else { return }
        let file = try ArchiveFile(path)
        let isNew = file?.bytes.isEmpty ?? true
        try ArchiveError.onDisk { () throws(FileError) in
            // A line that a killed run did not finish was never relied on.
            if let file, !file.endsAsOnDisk { try WholeFile.write(file.bytes, to: path) }
            try WholeFile.append(Self.bytes(of: rows, withHeader: isNew), to: path)
        }
    }

    /// Puts these rows in the place of all; without any, there is no file.
    public func replace(with rows: [Row]) throws(ArchiveError) {
        try ArchiveError.onDisk { () throws(FileError) in
            if !rows.isEmpty {
                try WholeFile.write(Self.bytes(of: rows, withHeader: true), to: path)
            } else if try FilePlace.kind(of: path) != nil {
                try FilePlace.remove(path)
            }
        }
    }

    static func bytes(of rows: [Row], withHeader hasHeader: Bool = true) -> [UInt8] {
        var encoder = CSVEncoder()
        if hasHeader { encoder.header(Row.header) }
        for row in rows { encoder.row(row) }
        return encoder.bytes
    }
}
