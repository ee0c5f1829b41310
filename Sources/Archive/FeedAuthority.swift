import Files
import Text

/// The name that all items of an archive's feed are told apart by for ever: `feed.csv` in the archive's folder.
///
/// It is the host that the site had when its feed was first made, and never changes, wherever the site moves: a
/// feed reader would take every item for a new one. So it is published and pulled with the archive.
public struct FeedAuthority: Sendable {
    private let path: String

    /// - Parameter archive: the archive's folder.
    public init(archive: String) { path = archive + "/" + ArchiveLayout.feed }

    /// Nil if none is kept yet.
    public func kept() throws(ArchiveError) -> String? {
        let bytes = try ArchiveError.onDisk { () throws(FileError) in
            try WholeFile.readIfPresent(path)
        }
        guard let bytes, !bytes.isEmpty else { return nil }
        var decoder = CSVDecoder(bytes.withoutByteOrderMark)
        guard let header = decoder.next(), header.count >= 1,
            header.text(0).trimmingSpaces() == Self.column
        else {
            throw .header(
                file: path, expected: [Self.column], found: String(decoding: bytes, as: UTF8.self))
        }
        guard let record = decoder.next() else { return nil }
        let name = record.text(0).trimmingSpaces()
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0 != "," && $0 != " "
        }
        guard isPlain, !name.isEmpty else {
            throw .malformed(
                file: path, line: record.line, column: Self.column,
                expected: "a host such as trends.example.org", found: name)
        }
        return name
    }

    /// Returns once the disk has it.
    public func keep(_ authority: String) throws(ArchiveError) {
        var encoder = CSVEncoder()
        encoder.header([Self.column])
        encoder.text(authority)
        encoder.endLine()
        try ArchiveError.onDisk { () throws(FileError) in
            try WholeFile.write(encoder.bytes, to: path)
        }
    }

    private static let column = "authority"
}
