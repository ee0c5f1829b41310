import CLinux
import Glibc

/// The new site beside the old one, and the swap of the two.
///
/// Files that did not change are hard links to the old ones and so keep inode and modification time.
/// The swap is one rename: whenever the run is killed, the output folder holds the old site or the new.
struct StagingTree {
    /// The last file written; only a whole, checked site has it.
    static let marker = ".tidemark-site"

    /// What a staging folder is called behind the output's name. No one else would call a folder so,
    /// which matters because a left-over one is removed.
    static let suffix = ".tidemark-staging"

    let output: String
    let folder: String
    private(set) var files: [ExactText] = []
    private var unchanged = 0
    private var folders: Set<ExactText> = []

    /// Takes away what a killed run left, and makes an empty staging folder beside the output.
    init(output: String) throws(SiteError) {
        var output = output
        while output.hasSuffix("/"), output.utf8.count > 1 { output.removeLast() }
        // Behind a symbolic link, the folder it leads to is swapped, not the link.
        if let real = realpath(output, nil) {
            output = String(cString: real)
            free(real)
        }
        self.output = output
        folder = output + Self.suffix
        let isOurs = try SiteFiles.readIfPresent(output + "/" + Self.marker) != nil
        let isEmpty = try SiteFiles.names(in: output).isEmpty
        guard isOurs || isEmpty else { throw .foreignOutput(folder: output) }
        try SiteFiles.remove(folder)
        try SiteFiles.makeFolder(folder)
    }

    /// Adds a file; the path is relative to the site's root and used once.
    mutating func add(_ path: String, _ bytes: [UInt8]) throws(SiteError) {
        files.append(ExactText(path))
        try makeFolder(of: path)
        let (old, new) = ("\(output)/\(path)", "\(folder)/\(path)")
        if try SiteFiles.readIfPresent(old) == bytes, link(old, new) == 0 {
            unchanged += 1
        } else {
            try SiteFiles.write(bytes, to: new)
        }
    }

    /// Marks the staged site as whole and puts it in the place of the old one.
    mutating func swap() throws(SiteError) -> (written: Int, removed: Int, unchanged: Int) {
        let (count, kept) = (files.count, unchanged)
        let current = Set(files)
        let removed = try SiteFiles.tree(output).count {
            $0 != Self.marker && !current.contains(ExactText($0))
        }
        try add(Self.marker, Array("{\"files\": \(count)}\n".utf8))
        sync()
        if !SiteFiles.isFolder(output) {
            guard rename(folder, output) == 0 else { throw failure() }
        } else {
            guard exchange_paths(folder, output) == 0 else {
                throw failure()
            }
            try SiteFiles.remove(folder)
        }
        return (count - kept, removed, kept)
    }

    /// Takes the staging folder away, as far as that is possible.
    func discard() { try? SiteFiles.remove(folder) }

    private func failure() -> SiteError {
        .unwritable(file: output, reason: "cannot be swapped with \(folder): \(SiteFiles.reason())")
    }

    private mutating func makeFolder(of path: String) throws(SiteError) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
        let parent = String(path[..<slash])
        guard folders.insert(ExactText(parent)).inserted else { return }
        try SiteFiles.makeFolder(folder + "/" + parent)
    }

    /// A rename can reach the disk before the bytes of the files it moves.
    private func sync() {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        syncfs(descriptor)
        close(descriptor)
    }
}
