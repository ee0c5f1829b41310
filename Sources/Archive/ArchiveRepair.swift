import Calendar
import Files

/// Windows that are taken back out of an archive, with their lists: such as a wrong clock wrote.
///
/// The one way, besides a new name for a source, in which an archive gets smaller. What is taken back stands in
/// `changes.csv` before anything goes, so that where the archive is published is brought in step. The caller holds the
/// archive's lock.
public struct ArchiveRepair: Sendable {
    public let folder: String
    /// By slot, then source.
    public let windows: [WindowRow]

    /// Plans to take back every window of a slot that has not begun at `now`, that was read longer than until now, or is
    /// `missing` of a slot that is not over; and those that are `missing` of slots from `since` on, nil for none of these.
    /// With `source`, of that source alone.
    public init(
        of folder: String, on schedule: Schedule, now: Timestamp, since: Timestamp? = nil,
        source: String? = nil
    ) throws(ArchiveError) {
        self.folder = folder
        windows = try ArchiveReader(folder: folder).windows().filter { row in
            (source.map { $0 == row.source } ?? true)
                && (row.slot > now || row.end > now
                    || row.status == .missing
                        && (schedule.slot(containing: row.slot).end > now
                            || since.map { row.slot >= $0 } ?? false))
        }
    }

    /// Takes them back. A run that is killed and repeated ends as if it had not been.
    public func apply(at now: Timestamp) throws(ArchiveError) {
        let log = SmallTable<ChangeRow>("\(folder)/\(ArchiveLayout.changes)")
        let logged = Set(try log.rows().map { WindowKey(slot: $0.slot, source: $0.source) })
        try log.append(
            windows.filter { !logged.contains(WindowKey(slot: $0.slot, source: $0.source)) }
                .map { ChangeRow(.repaired, $0, at: now) })
        let keys = Set(windows.map { WindowKey(slot: $0.slot, source: $0.source) })
        // A window's row goes last: as long as it is there, a repeated run finds what is left.
        for date in Set(windows.map(\.slot.date)).sorted() {
            let layouts = [
                ArchiveLayout.links, ArchiveLayout.related, ArchiveLayout.tail,
                ArchiveLayout.trending, ArchiveLayout.top,
            ]
            for file in layouts.map({ $0(date) }) {
                try take(keys, from: file)
            }
        }
        for year in Set(windows.map(\.slot.date.year)).sorted() {
            try take(keys, from: ArchiveLayout.windows(year: year))
        }
    }

    private func take(_ keys: Set<WindowKey>, from name: String) throws(ArchiveError) {
        let path = "\(folder)/\(name)"
        guard let file = try ArchiveFile(path) else { return }
        let (kept, rowCount) = file.bytes(without: keys)
        guard kept.count < file.bytes.count else { return }
        try ArchiveError.onDisk { () throws(FileError) in
            if rowCount == 0 {
                try FilePlace.remove(path)
            } else {
                try WholeFile.write(kept, to: path)
            }
        }
    }
}
