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

        /// - Parameter files: In the order of `ArchiveLayout.lists`.
        fileprivate init(_ date: CivilDate, _ files: [FileStamp]) {
            daysSinceEpoch = Int64(date.daysSinceEpoch)
            (top, trending, tail) = (files[0], files[1], files[2])
            (related, links) = (files[3], files[4])
        }

        fileprivate var files: [FileStamp] { [top, trending, tail, related, links] }

        var date: CivilDate { CivilDate(daysSinceEpoch: Int(daysSinceEpoch)) }
    }

    /// Takes the stamps of days, of which there are thousands.
    struct Reading {
        let archive: String
        /// Nanoseconds since 1970.
        let now: Int64
        private var year: Int?
        private var folders: [StampedFolder] = []

        init(_ archive: String, now: Int64) { (self.archive, self.now) = (archive, now) }

        mutating func day(_ date: CivilDate) throws(FileError) -> Day {
            if year != date.year {
                folders = try ArchiveLayout.lists(of: date.year).map { (list) throws(FileError) in
                    try StampedFolder("\(archive)/\(list)")
                }
                year = date.year
            }
            let name = ArchiveLayout.file(of: date)
            return Day(
                date,
                try folders.map { (folder) throws(FileError) in
                    try folder.stamp(of: name, now: now)
                })
        }
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
