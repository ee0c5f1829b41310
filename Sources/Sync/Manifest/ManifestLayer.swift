import AWS

/// A manifest as the difference to an older one: what is written at each publish.
///
/// The older one, the base, is written seldom, so that a publish costs what changed and not what the
/// site has grown to.
struct ManifestLayer: Hashable, Sendable {
    /// Another file of manifests.
    struct Base: Hashable, Sendable, Codable {
        /// Its name beside this one.
        var file: String
        /// Of its bytes, in hex.
        var sha256: String
    }

    var run: Manifest.Run?
    var staleness: Staleness?
    var base: Base?
    var entries: [SitePath: Manifest.Entry] = [:]
    /// Paths of the base that are no more.
    var gone: [SitePath] = []

    /// All of a manifest.
    init(_ manifest: Manifest) {
        run = manifest.run
        staleness = manifest.staleness
        entries = manifest.entries
    }

    /// What differs from the entries of the base.
    init(_ manifest: Manifest, over base: Base, _ older: [SitePath: Manifest.Entry]) {
        run = manifest.run
        staleness = manifest.staleness
        self.base = base
        entries = manifest.entries.filter { older[$0.key] != $0.value }
        gone = older.keys.filter { manifest.entries[$0] == nil }.sorted()
    }

    init(run: Manifest.Run?, staleness: Staleness? = nil, base: Base?) {
        self.run = run
        self.staleness = staleness
        self.base = base
    }

    /// The whole manifest, given the entries of the base.
    func manifest(over older: [SitePath: Manifest.Entry]) -> Manifest {
        var manifest = Manifest(entries: older, run: run, staleness: staleness)
        for path in gone { manifest.entries[path] = nil }
        manifest.entries.merge(entries) { $1 }
        return manifest
    }

    /// Whether it has grown so long that a new base is cheaper than to go on writing it twice a
    /// publish: at sixty changes each, the two cost the same when it is the root of their product.
    func isDue(over count: Int) -> Bool {
        let size = entries.count + gone.count
        return size > 256 && size * size > 64 * max(count, size)
    }
}
