import Archive

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

        init(_ date: CivilDate, in archive: String, now: Int64) {
            daysSinceEpoch = Int64(date.daysSinceEpoch)
            top = FileStamp(archive + "/" + ArchiveLayout.top(date), now: now)
            trending = FileStamp(archive + "/" + ArchiveLayout.trending(date), now: now)
            tail = FileStamp(archive + "/" + ArchiveLayout.tail(date), now: now)
        }

        var date: CivilDate { CivilDate(daysSinceEpoch: Int(daysSinceEpoch)) }
    }
}
