import AWS
import Digest

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

    func file() throws(SyncError) -> SiteFile {
        guard let path = SitePath(SitePath.withheldFolder + name) else {
            throw .entry(path: localPath, reason: "its path cannot be published")
        }
        var byteCount = 0
        let digest = try SHA256 { feed throws(SyncError) in
            byteCount = try storing { () throws(AWSError) in try readPieces(of: localPath, feed) }
        }
        return SiteFile(
            path: path, localPath: localPath, byteCount: byteCount, sha256: digest,
            headers: ObjectHeaders(
                contentType: ContentType(path: name).text, cacheControl: "private, no-store",
                contentEncoding: ContentEncoding(path: name).text))
    }
}
