import AWS
import Files
import Glibc
import Output

/// A file of the archive that the site does not show, or not with all its rows: the bucket keeps it
/// where only the publisher can read it.
public struct Withheld: Hashable, Sendable {
    /// In the archive: `withdrawn.csv`.
    public var name: String
    public var localPath: String

    public init(name: String, localPath: String) {
        self.name = name
        self.localPath = localPath
    }

    /// As it is now: read if it is not as it was when last it was listed.
    func listed(over known: FileList) throws(SyncError) -> FileList.File {
        try onDisk { () throws(FileError) in
            guard let status = try FileStatus(of: localPath) else {
                throw FileError(.read, localPath, .system(ENOENT))
            }
            if let file = known.file(name), file.isSame(status) { return file }
            let (digest, byteCount) = try LocalFile.digest(of: localPath)
            return FileList.File(
                path: name, digest: digest, byteCount: byteCount, modified: status.modified)
        }
    }

    func file(_ listed: FileList.File) throws(SyncError) -> LocalFile {
        guard let path = SitePath(SitePath.withheldFolder + name) else {
            throw .entry(path: localPath, reason: "its path cannot be published")
        }
        return LocalFile(
            path: path, localPath: localPath, byteCount: listed.byteCount, sha256: listed.digest,
            headers: ObjectHeaders(
                contentType: ContentType(path: name).text, cacheControl: "private, no-store",
                contentEncoding: "gzip"))
    }
}
