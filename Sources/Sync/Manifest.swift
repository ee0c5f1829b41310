import AWS

/// What we know to be in the bucket: every object of ours, by its path in the site.
///
/// True at any moment: before an object is touched its digest is taken out of the manifest in the
/// bucket, and it is put back when the object is known to be whole.
public struct Manifest: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        /// Nil while the object is being written, or if a run died over it.
        public var sha256: Digest?
        /// What it has, or the most it may have while that is not known.
        public var byteCount: Int
        public var headers: ObjectHeaders
    }

    public var entries: [SitePath: Entry]
    /// The name of the run that is under way, or died; no two runs have the same. Nil between runs.
    public var run: String?

    public init(entries: [SitePath: Entry] = [:], run: String? = nil) {
        self.entries = entries
        self.run = run
    }
}
