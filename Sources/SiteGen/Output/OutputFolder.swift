import Files

/// The folder of the site, and the one beside it in which builds keep what is theirs.
struct OutputFolder: Sendable {
    /// The last file written; only a whole, checked site has it.
    static let marker = ".tidemark-site"
    /// A file of the operator's that stays: it keeps the folder itself in a checkout.
    static let kept = ".gitignore"

    let path: String

    /// Behind a symbolic link, the folder it leads to is meant, not the link.
    init(_ path: String) {
        var path = path
        while path.utf8.hasEnding("/"), path.utf8.count > 1 { path.removeLast() }
        self.path = (try? FilePlace.resolved(path)) ?? path
    }

    /// `.public.tidemark` for `public`; what a build keeps between runs, and what one is at work on.
    var companion: String {
        let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
        let start = name ?? path.startIndex
        return path[..<start] + "." + path[start...] + ".tidemark"
    }

    /// Throws if it holds what no build of ours made.
    func refuseForeign() throws(SiteError) {
        let names = try SiteError.onDisk { () throws(FileError) in
            try (Folder.entries(of: path) ?? []).map(\.name)
        }
        guard names.contains(Self.marker) || names.allSatisfy({ $0 == Self.kept }) else {
            throw .foreignOutput(folder: path)
        }
    }

    /// What the marker says of a site.
    static func mark(fileCount: Int) -> [UInt8] { Array("{\"files\": \(fileCount)}\n".utf8) }
}
