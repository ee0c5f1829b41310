import Calendar
import Digest
import Files
import FoundationEssentials
import Glibc

/// A fault that was told and whose report could not be kept, as on a full disk or in an archive of another user's: so that
/// it is not told again each hour, it is remembered by the name of an empty file, for which there is mostly room.
struct ToldFault {
    /// `.told-USER-ARCHIVE-`, and what is the same of the fault each time.
    private let archive: String
    private let name: String
    /// Beside the reports, or else where everybody may write.
    private let folders: [String]

    private static let day: Int64 = 86_400

    /// - Parameter archive: the archive's folder.
    init(_ report: RunReport, of archive: String) {
        func digest(_ text: String) -> String {
            String(SHA256(of: Array(text.utf8)).hex.prefix(16))
        }
        self.archive = ".told-\(geteuid())-\(digest(FilePlace.canonical(archive)))-"
        name = self.archive + digest(report.fault) + "-"
        folders = [RunLog.folder(of: archive), FileManager.default.temporaryDirectory.path]
    }

    /// Whether it was told less than a day ago.
    func isKnown(at time: Timestamp) -> Bool {
        folders.contains { folder in
            names(in: folder, beginning: name).contains { found in
                let told = Int64(found.dropFirst(name.count)) ?? 0
                return (0..<Self.day).contains(time.secondsSinceEpoch - told)
            }
        }
    }

    func keep(at time: Timestamp) {
        for folder in folders {
            let path = FilePlace.joined(folder, "\(name)\(time.secondsSinceEpoch)")
            if (try? WholeFile.create([], at: path, isSynced: false)) != nil { return }
        }
    }

    /// Takes all faults of the archive as over.
    func forget() {
        for folder in folders {
            for found in names(in: folder, beginning: archive) {
                try? FilePlace.remove(FilePlace.joined(folder, found))
            }
        }
    }

    /// Files of this user alone.
    private func names(in folder: String, beginning start: String) -> [String] {
        let entries = (try? Folder.entries(of: folder)) ?? []
        return entries.map(\.name).filter {
            $0.hasPrefix(start) && FileOwner.other(of: FilePlace.joined(folder, $0)) == nil
        }
    }
}
