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
        entries = manifest.entries.all
    }

    /// What differs from a base.
    init(_ manifest: Manifest, over base: ManifestBase?) {
        guard let base else {
            self.init(manifest)
            return
        }
        var differences = manifest.entries
        if differences.base?.reference != base.reference {
            let all = differences.all
            differences = ManifestEntries(
                over: base, gone: base.all.keys.filter { all[$0] == nil })
            for (path, entry) in all { differences[path] = entry }
        }
        self.init(run: manifest.run, staleness: manifest.staleness, base: base.reference)
        entries = differences.changes.compactMapValues { $0 }
        gone = differences.changes.filter { $0.value == nil }.keys.sorted()
    }

    init(run: Manifest.Run?, staleness: Staleness? = nil, base: Base?) {
        self.run = run
        self.staleness = staleness
        self.base = base
    }

    /// The whole manifest, given the base that it is the difference to.
    func manifest(over base: ManifestBase?) -> Manifest {
        Manifest(
            entries: ManifestEntries(over: base, entries, gone: gone), run: run,
            staleness: staleness)
    }

    /// Whether it has grown so long that a new base is cheaper than to go on writing it twice a
    /// publish: at sixty changes each, the two cost the same when it is the root of their product.
    func isDue(over count: Int) -> Bool {
        let size = entries.count + gone.count
        return size > 256 && size * size > 64 * max(count, size)
    }
}
