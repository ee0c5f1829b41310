import Calendar
import Files

/// What a paid source has cost, in posts: `spending/YYYY.csv` in the archive's folder.
///
/// Posts are reserved here before they are read, and what was not read is returned afterwards. A run
/// that is killed in between has paid for what it reserved, so that the sum is never too low. One
/// writer at a time: the caller holds the archive's lock.
public struct SpendingLog: Sendable {
    private let folder: String

    /// - Parameter archive: the archive's folder.
    public init(archive: String) { folder = archive }

    /// Posts of a source in the slot that starts at `slot`, and in the UTC month that is in.
    public func spent(
        on source: String, slot: Timestamp
    ) throws(ArchiveError) -> (slot: Int, month: Int) {
        var spent = (slot: 0, month: 0)
        for row in try ArchiveFile(path(slot))?.rows(of: SpendingRow.self) ?? []
        where row.source == source && row.slot.date.month == slot.date.month {
            spent.month += row.reserved - row.returned
            if row.slot == slot { spent.slot += row.reserved - row.returned }
        }
        return spent
    }

    /// Returns once the disk has the row.
    public func append(_ row: SpendingRow) throws(ArchiveError) {
        let path = path(row.slot)
        let file = try ArchiveFile(path)
        var encoder = CSVEncoder()
        if file?.bytes.isEmpty ?? true { encoder.header(SpendingRow.header) }
        encoder.row(row)
        try ArchiveError.onDisk { () throws(FileError) in
            // A line that a killed run did not finish was never relied on.
            if let file, !file.endsAsOnDisk { try WholeFile.write(file.bytes, to: path) }
            try WholeFile.append(encoder.bytes, to: path)
        }
    }

    private func path(_ slot: Timestamp) -> String {
        FilePlace.joined(folder, ArchiveLayout.spending(year: slot.date.year))
    }
}
