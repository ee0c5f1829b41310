import Dispatch
import Files
import Output
import Synchronization
import Text

/// A whole new site beside the old one, and the swap of the two.
///
/// Files that did not change are hard links to the old ones and so keep inode and modification time.
/// The swap is one rename: whenever the run is killed, the output folder holds the old site or the new.
final class StagingTree: Sendable {
    let output: OutputFolder
    let folder: String
    private let access: PublicAccess
    /// What the folders made so far were given, by their places.
    private let folders = Mutex<[String: PublicAccess.Rights]>([:])
    private let written = Atomic(0)
    private let flushes = DispatchQueue(label: "flushes")
    private let isFlushing = Atomic(false)

    /// Takes away what a killed run left, and makes an empty staging folder.
    init(output: OutputFolder) throws(SiteError) {
        self.output = output
        access = output.access
        folder = output.companion + "/site"
        try output.refuseForeign()
        try SiteError.onDisk { [folder] () throws(FileError) in
            try FilePlace.remove(folder)
            _ = try makeFolder("")
        }
    }

    /// Adds a file; the path is relative to the site's root and used once.
    ///
    /// - Returns: When the file was changed, and whether the old site has the same.
    func add(
        _ path: String, _ bytes: [UInt8]
    ) throws(FileError) -> (modified: Int64, isOld: Bool) {
        let above = try makeFolder(FilePlace.folder(of: path))
        let new = "\(folder)/\(path)"
        if above.isThere {
            let old = "\(output.path)/\(path)"
            if try WholeFile.readIfPresent(old) == bytes, FilePlace.link(old, as: new) {
                return (try FileStatus(of: new)?.modified ?? 0, true)
            }
        }
        let status = try WholeFile.create(bytes, at: new, isSynced: false)
        access.give(new, access.rights(at: path, isFolder: false, in: above), over: status)
        let (before, after) = written.add(bytes.count, ordering: .relaxed)
        if before / Self.flushed < after / Self.flushed { flush() }
        return (status.modified, false)
    }

    /// Has the disk take what is written, while other work goes on: all at once, the swap would wait for it.
    /// Where the disk is at it still, what was written since is left to the next time, or to the swap.
    func flush() {
        guard !isFlushing.exchange(true, ordering: .relaxed) else { return }
        flushes.async { [self] in
            try? Folder.syncFileSystem(of: folder)
            isFlushing.store(false, ordering: .relaxed)
        }
    }

    /// After how many bytes.
    private static let flushed = 1 << 26

    /// Makes a folder, and those above it, if it is not made yet. Nobody sees the tree yet: it may be there before it
    /// has its rights.
    private func makeFolder(_ place: String) throws(FileError) -> PublicAccess.Rights {
        if let made = folders.withLock({ $0[place] }) { return made }
        let path = place.isEmpty ? folder : "\(folder)/\(place)"
        let rights =
            if place.isEmpty { access.rights(at: place, isFolder: true) } else {
                access.rights(
                    at: place, isFolder: true, in: try makeFolder(FilePlace.folder(of: place)))
            }
        try Folder.make(path, isSynced: false)
        if let status = try FileStatus(of: path) { access.give(path, rights, over: status) }
        folders.withLock { $0[place] = rights }
        return rights
    }

    /// The files of the old site that are none of the new one.
    ///
    /// - Parameter keepingForeign: Whether what no build made stays.
    func gone(_ files: Set<ExactText>, keepingForeign: Bool = true) throws(FileError) -> [String] {
        let list = keepingForeign ? try output.list() : nil
        let old = if let list { list.files.map(\.path.text) } else { try output.files() }
        return old.filter { !files.contains(ExactText($0)) }
    }

    /// Marks the staged site as whole and puts it in the place of the old one. What no build made stays if told so.
    ///
    /// - Throws: An error that `isUnexchangeable` before anything is changed, if the folder cannot be replaced.
    func swap(fileCount: Int, keepingForeign: Bool = true) throws(FileError) {
        let list = keepingForeign ? try output.list() : nil
        for entry in try output.kept(beside: list) {
            try FilePlace.mirror(entry, from: output.path, to: folder)
        }
        _ = try add(OutputFolder.marker, OutputFolder.mark(fileCount: fileCount))
        try Folder.syncFileSystem(of: folder)
        if try FileStatus(of: output.path, followingLinks: false)?.kind == .folder {
            try FilePlace.exchange(folder, with: output.path)
        } else {
            try FilePlace.move(folder, to: output.path)
        }
        discard()
    }

    /// Takes the staging folder away, as far as that is possible.
    func discard() {
        flushes.sync {}
        try? FilePlace.remove(folder)
        Folder.removeIfEmpty(output.companion)
    }
}

extension OutputFolder {
    /// Throws if it holds what no build of ours made.
    func refuseForeign() throws(SiteError) {
        let entries = try SiteError.onDisk { () throws(FileError) in try self.entries() } ?? []
        guard entries.isEmpty || entries.contains(where: { $0.name == Self.marker }) else {
            throw .foreignOutput(folder: path)
        }
    }
}

extension FileList {
    var pageCount: Int { files.count(endingIn: ".html") }
}
