import Files
import Text

/// The folder of the site, and the one beside it in which builds keep what is theirs.
public struct OutputFolder: Sendable {
    /// The last file written; only a whole, checked site has it. It says `{"files": N}`, N being the number of the
    /// others, and is not published.
    public static let marker = ".tidemark-site"

    /// What builds and publishes leave alone at the top of the folder and say nothing of: what keeps the folder
    /// itself in a checkout, and what a file system has at its root.
    static let ignored: Set<String> = [gitIgnore, "lost+found", innerCompanion]
    private static let innerCompanion = ".tidemark-build"
    public static let gitIgnore = ".gitignore"

    public let path: String
    /// Whether the folder itself cannot be exchanged for another, so that builds go into it file by file.
    public let isMountPoint: Bool

    /// Behind a symbolic link, the folder it leads to is meant, not the link.
    public init(_ path: String) {
        var path = path
        while path.utf8.last == UInt8(ascii: "/"), path.utf8.count > 1 { path.removeLast() }
        self.path = (try? FilePlace.resolved(path)) ?? path
        isMountPoint = FilePlace.isMountPoint(self.path)
    }

    /// Who may read what is in it.
    public var access: PublicAccess { PublicAccess(root: path) }

    /// `.public.tidemark` for `public`; what a build keeps between runs, and what one is at work on. It is on the
    /// same file system: in a mount point, within it.
    public var companion: String {
        if isMountPoint { return path + "/" + Self.innerCompanion }
        return FilePlace.joined(FilePlace.folder(of: path), ".\(FilePlace.name(of: path)).tidemark")
    }

    /// In it, what a build that is under way or was killed has staged.
    public var patch: String { companion + "/patch" }

    /// What is in it but for what builds leave alone; nil if there is no such folder.
    public func entries() throws(FileError) -> [FolderEntry]? {
        try Folder.entries(of: path)?.filter { !Self.ignored.contains($0.name) }
    }

    /// The paths of all files in it but for what builds leave alone.
    public func files() throws(FileError) -> [String] {
        var files: [String] = []
        for entry in try entries() ?? [] {
            if entry.kind == .folder {
                files += try Folder.files(below: path + "/" + entry.name).map {
                    entry.name + "/" + $0
                }
            } else if entry.name != Self.marker {
                files.append(entry.name)
            }
        }
        return files
    }

    /// What the marker says of a site.
    public static func mark(fileCount: Int) -> [UInt8] { Array("{\"files\": \(fileCount)}\n".utf8) }

    /// The marker's content; nil if there is none.
    public func mark() throws(FileError) -> [UInt8]? {
        try WholeFile.readIfPresent(path + "/" + Self.marker)
    }

    /// The number that a mark says; nil if it is none of ours.
    public static func fileCount(of mark: [UInt8]) -> Int? {
        let text = String(decoding: mark.filter { !$0.isASCIIWhitespace }, as: UTF8.self)
        guard text.hasPrefix("{\"files\":"), text.hasSuffix("}") else { return nil }
        return Int(text.dropFirst(9).dropLast())
    }
}

/// The places of the site that others than its builder know.
public enum SiteLayout {
    /// The archive's files are below it as in the archive itself.
    public static let data = "data"

    /// The packed file that a closed month has of a table, `data/2026/10/tail-2026-10.csv.gz`; nil for what is no month
    /// such as `2026-10`.
    public static func monthFile(of table: String, _ month: String) -> String? {
        let parts = month.split(separator: "-")
        guard parts.count == 2 else { return nil }
        return "\(data)/\(parts[0])/\(parts[1])/\(table)-\(month).csv.gz"
    }

    /// Files with a hash of their content in their names.
    public static let assets = "assets"
    /// Of the site, and of every folder that has a page.
    public static let front = "index.html"
    /// What is shown in the place of a page that there is not.
    public static let missing = "404.html"
    public static let feed = "feed.xml"
    public static let sitemap = "sitemap.xml"
    public static let robots = "robots.txt"
    /// Of all sources together; no source has this name.
    public static let all = "all"
    /// What goes on now: beside the folder, never in it, and published by itself each minute.
    public static let live = "live.json"
}
