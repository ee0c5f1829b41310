import AWS
import FoundationEssentials
import Glibc

/// A file of the site, as it is to stand in the bucket.
public struct SiteFile: Hashable, Sendable {
    public var path: SitePath
    /// Where it is on this machine.
    public var localPath: String
    public var byteCount: Int
    public var sha256: Digest
    public var headers: ObjectHeaders
    /// Of a record of windows.
    public var rowCount: Int?

    /// The bytes to store: those of the file, compressed if its headers say so.
    ///
    /// Throws `unreadable`, also if they are not those it had when the site was read.
    func body() throws(SyncError) -> [UInt8] {
        let bytes = try contents()
        return headers.contentEncoding == nil
            ? bytes : try Gzip.compress(bytes, of: localPath)
    }

    /// The bytes of the file; throws as `body` does.
    func contents() throws(SyncError) -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(filePath: localPath)) else {
            throw .unreadable(path: localPath, reason: String(cString: strerror(errno)))
        }
        let bytes = [UInt8](data)
        guard try storing({ () throws(AWSError) in try Digest.sha256(bytes) }) == sha256 else {
            throw .unreadable(path: localPath, reason: "it changed meanwhile")
        }
        return bytes
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
