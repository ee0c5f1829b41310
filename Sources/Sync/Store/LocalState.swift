import Digest
import Files
import Output
import Text

/// What sync keeps on this machine between runs, in a folder beside the site; all of it may be lost.
struct LocalState: Sendable {
    /// Nil to keep nothing.
    let folder: String?

    /// The name of this machine and folder: a run of the same owner that left its mark in the bucket
    /// is dead, since two of them would not get the lock of the folder.
    func owner() -> String {
        if let bytes = read("owner"), bytes.count == 32, bytes.allSatisfy({ Hex.value($0) != nil })
        {
            return String(decoding: bytes, as: UTF8.self)
        }
        let name = Hex.text((0..<16).map { _ in UInt8.random(in: 0...255) })
        write(Array(name.utf8), to: "owner")
        return name
    }

    /// The base of the manifest as it was last seen, if it is that one.
    func base(_ base: ManifestLayer.Base) -> [UInt8]? {
        guard let bytes = read("manifest-base"), SHA256(of: bytes).hex == base.sha256 else {
            return nil
        }
        return bytes
    }

    func keep(base bytes: [UInt8]) { write(bytes, to: "manifest-base") }

    /// What was withheld when last it was looked at, as a build lists its files.
    var withheld: FileList { read("withheld").flatMap { FileList(decoding: $0) } ?? FileList([]) }

    func keep(withheld list: FileList) { write(list.encoded, to: "withheld") }

    /// What a publish left: the list of the site that was published whole, and the tag that the manifest has had since.
    /// While it has it, what is published differs from the site as the lists do.
    struct Published {
        var tag: String
        var list: FileList
    }

    /// - Parameters:
    ///   - key: What the publish depended on beside the site; no line break.
    ///   - list: One that perhaps has the same base.
    func published(_ key: String, sharing list: FileList?) -> Published? {
        guard let bytes = read("published") else { return nil }
        let lines = bytes.split(
            separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[0].elementsEqual(key.utf8),
            let list = FileList(decoding: Array(lines[2]), sharing: list, base: read)
        else { return nil }
        return Published(tag: String(decoding: lines[1], as: UTF8.self), list: list)
    }

    /// - Parameter output: Where the base of the list is, which gets a second name here: nothing is written into it.
    func keep(published: Published, _ key: String, from output: OutputFolder) {
        if let folder, let base = published.list.base {
            let (mine, theirs) = ("\(folder)/\(base.name)", "\(output.companion)/\(base.name)")
            if inode(mine) == nil || inode(mine) != inode(theirs) {
                for old in (try? Folder.entries(of: folder)) ?? []
                where old.name.hasPrefix("\(FileList.name)-") {
                    try? FilePlace.remove("\(folder)/\(old.name)")
                }
                try? Folder.make(folder, isSynced: false)
                if !FilePlace.link(theirs, as: mine) { write(base.text, to: base.name) }
            }
        }
        write(Array("\(key)\n\(published.tag)\n".utf8) + published.list.encoded, to: "published")
    }

    private func inode(_ path: String) -> Int64? { (try? FileStatus(of: path))??.inode }

    /// What no build made and the operator was told of, by names.
    var foreign: Set<ArraySlice<UInt8>> { Set((read("foreign") ?? []).split(separator: 0)) }

    func keep(foreign names: [[UInt8]]) {
        write(Array(names.joined(separator: [0])), to: "foreign")
    }

    /// `withdrawn.csv` as it was at the last publish; nil if nobody knows.
    var withdrawn: [UInt8]? { read("withdrawn") }

    /// The lines of `withdrawn.csv` that were taken out since.
    var restored: [String] { lines(of: "restored") }

    func keep(withdrawn bytes: [UInt8]) { write(bytes, to: "withdrawn") }

    func keep(restored tags: [String]) {
        write(Array(tags.joined(separator: "\n").utf8), to: "restored")
    }

    /// Why what is withheld was not saved, as the operator was told last.
    var obstacle: String? { read("obstacle").map { String(decoding: $0, as: UTF8.self) } }

    /// What the operator has been told of the place, as it was said.
    var said: [String] { lines(of: "said") }

    func keep(said: [String]) { write(Array(said.joined(separator: "\n").utf8), to: "said") }

    func keep(obstacle: String) { write(Array(obstacle.utf8), to: "obstacle") }

    private func lines(of name: String) -> [String] {
        (read(name) ?? []).split(separator: UInt8(ascii: "\n")).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private func read(_ name: String) -> [UInt8]? {
        guard let folder else { return nil }
        return try? WholeFile.readIfPresent("\(folder)/\(name)")
    }

    /// Not to be able to costs a request at the next run, and no more.
    private func write(_ bytes: [UInt8], to name: String) {
        guard let folder else { return }
        try? WholeFile.write(bytes, to: "\(folder)/\(name)", isSynced: false)
    }
}
