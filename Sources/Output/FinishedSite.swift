import Files

/// What the list of a finished site says of what is in its folder.
extension OutputFolder {
    /// The list of the site that is there; nil if no build left one, or it is that of another site: then its mark
    /// counts otherwise.
    ///
    /// A build that is killed has its list staged, and nobody knows whether it came to put its site in place: then
    /// the list is the one whose files are there.
    public func list() throws(FileError) -> FileList? {
        guard let mark = try mark(), let count = Self.fileCount(of: mark) else { return nil }
        func base(_ name: String) -> [UInt8]? {
            [patch, companion].lazy.compactMap { folder in
                (try? WholeFile.readIfPresent(folder + "/" + name)) ?? nil
            }.first
        }
        var lists: [FileList] = []
        for folder in [patch, companion] {
            if let bytes = try WholeFile.readIfPresent(folder + "/" + FileList.name),
                let list = FileList(decoding: bytes, sharing: lists.first, base: base),
                list.files.count == count
            {
                lists.append(list)
            }
        }
        guard lists.count > 1 else { return lists.first }
        for list in lists where try !list.statuses(in: path).contains(nil) { return list }
        return nil
    }

    /// What a new site in the place of the old one, which has that list, takes over from it: what no build made.
    /// Without a list nobody knows that of a file.
    public func kept(beside list: FileList?) throws(FileError) -> [FolderEntry] {
        let top = try Folder.entries(of: path) ?? []
        return try top.filter { $0.name == Self.gitIgnore } + (list.map(foreign) ?? [])
    }

    /// What no build made: files, and folders in which is nothing that one made, by their paths in the site.
    public func foreign(to list: FileList) throws(FileError) -> [FolderEntry] {
        try foreign(to: list, in: nil)
    }

    private func foreign(
        to list: FileList, in folder: String?
    ) throws(FileError) -> [FolderEntry] {
        var found: [FolderEntry] = []
        let entries =
            if let folder { try Folder.entries(of: path + "/" + folder) } else { try entries() }
        for entry in entries ?? [] {
            let place = folder.map { $0 + "/" } ?? ""
            if entry.isUTF8 {
                let path = place + entry.name
                if path == Self.marker || list.file(path) != nil { continue }
                if entry.kind == .folder, list.hasFile(below: path) {
                    found += try foreign(to: list, in: path)
                    continue
                }
            }
            found.append(FolderEntry(bytes: Array(place.utf8) + entry.bytes, kind: entry.kind))
        }
        return found
    }
}
