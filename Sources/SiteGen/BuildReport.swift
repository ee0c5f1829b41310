/// What a build did to the output folder.
public struct BuildReport: Hashable, Sendable {
    /// HTML pages of the site.
    public var pages: Int
    /// All files of the site, without the marker.
    public var files: Int
    /// Files made or changed.
    public var written: Int
    /// Files that are no longer part of the site.
    public var removed: Int
    /// Files left alone, with inode and modification time.
    public var unchanged: Int
}

extension BuildReport {
    /// Of a build that had nothing to do.
    static func unchanged(_ list: FileList) -> BuildReport {
        BuildReport(
            pages: list.pageCount, files: list.files.count, written: 0, removed: 0,
            unchanged: list.files.count)
    }
}
