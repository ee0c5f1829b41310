import CLinux
import Glibc

/// A whole new site beside the old one, and the swap of the two.
///
/// Files that did not change are hard links to the old ones and so keep inode and modification time.
/// The swap is one rename: whenever the run is killed, the output folder holds the old site or the new.
struct StagingTree: Sendable {
    let output: OutputFolder
    let folder: String

    /// Takes away what a killed run left, and makes an empty staging folder.
    init(output: OutputFolder) throws(SiteError) {
        self.output = output
        folder = output.companion + "/site"
        try output.refuseForeign()
        try SiteFiles.remove(folder)
        try SiteFiles.makeFolder(folder)
    }

    /// Adds a file; the path is relative to the site's root and used once. True if the old site has the
    /// same.
    func add(_ path: String, _ bytes: [UInt8]) throws(SiteError) -> Bool {
        if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) {
            try SiteFiles.makeFolder("\(folder)/\(path[..<slash])")
        }
        let (old, new) = ("\(output.path)/\(path)", "\(folder)/\(path)")
        if try SiteFiles.readIfPresent(old) == bytes, link(old, new) == 0 { return true }
        try SiteFiles.write(bytes, to: new)
        return false
    }

    /// Marks the staged site of these files as whole and puts it in the place of the old one. Returns how
    /// many files of the old one are gone.
    func swap(_ files: Set<ExactText>) throws(SiteError) -> Int {
        let removed = try SiteFiles.tree(output.path).count {
            $0 != OutputFolder.marker && $0 != OutputFolder.kept && !files.contains(ExactText($0))
        }
        if let kept = try SiteFiles.readIfPresent("\(output.path)/\(OutputFolder.kept)") {
            _ = try add(OutputFolder.kept, kept)
        }
        _ = try add(OutputFolder.marker, OutputFolder.mark(fileCount: files.count))
        SiteFiles.sync(folder)
        if !SiteFiles.isFolder(output.path) {
            guard rename(folder, output.path) == 0 else { throw failure() }
        } else {
            guard exchange_paths(folder, output.path) == 0 else { throw failure() }
        }
        discard()
        return removed
    }

    /// Takes the staging folder away, as far as that is possible.
    func discard() {
        try? SiteFiles.remove(folder)
        rmdir(output.companion)
    }

    private func failure() -> SiteError {
        .unwritable(
            file: output.path, reason: "cannot be swapped with \(folder): \(SiteFiles.reason())")
    }
}
