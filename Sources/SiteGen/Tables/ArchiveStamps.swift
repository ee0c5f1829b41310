import Archive
import Calendar
import Files

/// The stamps of all files of an archive that the site shows, as they were when it was read.
struct ArchiveStamps: Sendable {
    /// In order.
    var years: [Year] = []
    /// Of the days that have a window, in order.
    var days: [Day] = []

    struct Year: BitwiseCopyable, Sendable {
        let number: Int64
        let windows: FileStamp
    }

    struct Day: BitwiseCopyable, Hashable, Sendable {
        let daysSinceEpoch: Int64
        let top: FileStamp
        let trending: FileStamp
        let tail: FileStamp
        let related: FileStamp
        let links: FileStamp

        init(_ date: CivilDate, in archive: String, now: Int64) throws(FileError) {
            daysSinceEpoch = Int64(date.daysSinceEpoch)
            top = try FileStamp(archive + "/" + ArchiveLayout.top(date), now: now)
            trending = try FileStamp(archive + "/" + ArchiveLayout.trending(date), now: now)
            tail = try FileStamp(archive + "/" + ArchiveLayout.tail(date), now: now)
            related = try FileStamp(archive + "/" + ArchiveLayout.related(date), now: now)
            links = try FileStamp(archive + "/" + ArchiveLayout.links(date), now: now)
        }

        fileprivate var files: [FileStamp] { [top, trending, tail, related, links] }

        var date: CivilDate { CivilDate(daysSinceEpoch: Int(daysSinceEpoch)) }
    }

    /// Whether a file of that day is there no more.
    func lacksFile(of old: Day) -> Bool {
        let place = days.partitioningIndex { $0.daysSinceEpoch >= old.daysSinceEpoch }
        guard place < days.count, days[place].daysSinceEpoch == old.daysSinceEpoch else {
            return true
        }
        return zip(old.files, days[place].files).contains {
            $0.byteCount > 0 && $1.byteCount == 0
        }
    }
}
