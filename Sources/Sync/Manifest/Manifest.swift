import AWS
import Digest

/// What we know to be in the bucket: every object of ours, by its path in the site.
///
/// True at any moment: before an object is touched its digest is taken out of the manifest in the
/// bucket, and it is put back when the object is known to be whole.
public struct Manifest: Hashable, Sendable {
    /// What is known of an object's bytes.
    public enum Content: Hashable, Sendable {
        /// It is whole, and this is the SHA-256 of the file it was made of.
        case known(SHA256)
        /// It is there, whole, and may be an older or a newer one.
        case unknown
        /// It may not even be there.
        case uncertain
    }

    public struct Entry: Hashable, Sendable {
        public var content: Content
        /// Of the file, before compression; what it has, or the most it may have.
        public var byteCount: Int
        public var headers: ObjectHeaders
        /// Of a record of windows, how many rows it has, or the most it may have.
        public var rowCount: Int?
        /// The object's ETag, without quotes, where that is not the MD5 of the bytes stored.
        public var etag: String?

        /// Nil while it is not known.
        public var sha256: SHA256? {
            if case .known(let digest) = content { digest } else { nil }
        }
    }

    /// A publish that is under way, or died.
    public struct Run: Hashable, Sendable, Codable {
        /// The machine and folder it runs in.
        public var owner: String
        /// No two runs have the same.
        public var name: String
        /// How often it said that it is alive.
        public var renewals: Int
    }

    public var entries: ManifestEntries
    /// Nil between runs.
    public var run: Run?
    /// Nil if the edge serves what is in the bucket, or there is none.
    public var staleness: Staleness?

    public init(
        entries: ManifestEntries = [:], run: Run? = nil, staleness: Staleness? = nil
    ) {
        self.entries = entries
        self.run = run
        self.staleness = staleness
    }
}

/// What the edge may still serve as it was: kept in the manifest from before the first upload until
/// the edge has been told, so that no death of a run and no refusal leaves old pages there.
public struct Staleness: Hashable, Sendable, Codable {
    /// No two publishes have the same; one that is repeated keeps it.
    var seed: String
    /// Absolute and encoded; with `*` at the end for all that begin so.
    public var paths: [String]
}
