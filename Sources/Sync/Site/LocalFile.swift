import AWS
import Digest
import Files
import Output

/// A file of the site, as it is to stand in the bucket.
public struct LocalFile: Hashable, Sendable {
    public var path: SitePath
    /// Where it is on this machine.
    public var localPath: String
    public var byteCount: Int
    public var sha256: SHA256
    public var headers: ObjectHeaders
    /// Of a record of windows.
    public var rowCount: Int?

    /// The bytes to store: those of the file, compressed if its headers say so.
    ///
    /// Throws `unreadable`, also if they are not those it had when the site was read.
    func body() throws(SyncError) -> [UInt8] {
        let bytes = try contents()
        return headers.contentEncoding == nil ? bytes : try Self.packed(bytes, of: localPath)
    }

    /// Throws `unreadable` if there is no memory for it; `path` is for that error.
    static func packed(_ bytes: [UInt8], of path: String) throws(SyncError) -> [UInt8] {
        guard let packed = Gzip.compress(bytes) else {
            throw .unreadable(path: path, reason: "no memory to compress it")
        }
        return packed
    }

    /// The bytes of the file; throws as `body` does.
    func contents() throws(SyncError) -> [UInt8] {
        let bytes = try onDisk { () throws(FileError) in try WholeFile.read(localPath) }
        guard SHA256(of: bytes) == sha256 else {
            throw .unreadable(path: localPath, reason: "it changed meanwhile")
        }
        return bytes
    }

    /// Of a file that is read for it, a piece at a time; and its length.
    static func digest(of path: String) throws(FileError) -> (SHA256, byteCount: Int) {
        let reader = try FileReader(path)
        var byteCount = 0
        let digest = try SHA256 { (feed) throws(FileError) in
            byteCount = try reader.readPieces(feed)
        }
        return (digest, byteCount)
    }
}

extension ObjectHeaders {
    /// Those of a file of the site.
    init(path: SitePath) {
        self.init(
            contentType: ContentType(path: path.text).text,
            cacheControl: CacheControl(path: path.text).text,
            contentEncoding: ContentEncoding(path: path.text).text)
    }
}
