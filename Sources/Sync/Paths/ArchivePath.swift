import Archive
import Output

/// What a path of the site or of what it withholds is in the archive.
struct ArchivePath: Hashable, Comparable {
    /// In the archive's folder: `top/2026/2026-11-22.csv`.
    let name: String
    /// Whether it is a file of the archive as it is, and not the copy that the site shows.
    let isWhole: Bool

    /// Nil for what is no file of an archive.
    init?(_ path: SitePath) {
        let place = [SitePath.withheldFolder, SiteLayout.data + "/"]
            .first { path.text.hasPrefix($0) }
        guard let place, path.text.hasSuffix(".csv") else { return nil }
        name = String(path.text.dropFirst(place.count))
        isWhole = path.isWithheld
        let kinds = [ArchiveLayout.windows] + ArchiveLayout.lists
        let isKind = kinds.contains { name.hasPrefix($0 + "/") }
        let isOther =
            isWhole
            ? name == ArchiveLayout.withdrawn || isSpending
            : name == ArchiveLayout.feed || ArchiveLayout.records.contains(name)
        guard isKind || isOther else { return nil }
    }

    /// Whether it says what paid sources have cost: without it a month's budget would begin anew.
    var isSpending: Bool { isWhole && name.hasPrefix(ArchiveLayout.spending + "/") }

    /// Whether it says which windows there are.
    var isRecord: Bool { name.hasPrefix(ArchiveLayout.windows + "/") }

    /// Whether it is a list of a day.
    var isList: Bool { ArchiveLayout.lists.contains { name.hasPrefix($0 + "/") } }

    /// Windows come last: a row of theirs makes the lists of its slot count.
    static func < (left: ArchivePath, right: ArchivePath) -> Bool {
        left.isRecord == right.isRecord ? left.name < right.name : right.isRecord
    }
}

/// The rows of a CSV that only ever gets more of them: the archive's record of windows and that of what was paid, of
/// which the bucket is the backup.
enum RecordRows {
    /// Whether the file is such a record. Lists may lose lines: those of withdrawn hashtags.
    static func isRecord(_ path: SitePath) -> Bool {
        ArchivePath(path).map { $0.isRecord && !$0.isWhole || $0.isSpending } ?? false
    }

    /// Whether a list has its header alone, as that of a day on which nothing was listed.
    static func isHeaderAlone(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: Array("slot,source,".utf8)) && count(in: bytes) == 0
    }

    /// The lines but for the header; a line feed inside quotes ends none (RFC 4180).
    static func count(in bytes: some Sequence<UInt8>) -> Int {
        var lines = 0
        var isQuoted = false
        var isEmpty = true
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\n"), !isQuoted {
                lines += isEmpty ? 0 : 1
                isEmpty = true
            } else {
                isEmpty = false
            }
        }
        return max(0, lines + (isEmpty ? 0 : 1) - 1)
    }
}
