import AWS
import Text

/// The entries of a manifest by their paths: those of its base, as they lie in its file, and what is otherwise. So a
/// publish costs what it changes, and not what the site has grown to.
public struct ManifestEntries: Sendable, Hashable, Sequence, ExpressibleByDictionaryLiteral {
    let base: ManifestBase?
    /// What differs from the base; nil for a path that is no more.
    private(set) var changes: [SitePath: Manifest.Entry?]

    init(
        over base: ManifestBase?, _ changes: [SitePath: Manifest.Entry] = [:], gone: [SitePath] = []
    ) {
        self.base = base
        self.changes = changes
        for path in gone { self[path] = nil }
    }

    public init(dictionaryLiteral elements: (SitePath, Manifest.Entry)...) {
        self.init(over: nil, Dictionary(elements) { $1 })
    }

    public subscript(path: SitePath) -> Manifest.Entry? {
        get { changes[path] ?? base?[path] }
        set {
            if newValue == base?[path] {
                changes.removeValue(forKey: path)
            } else {
                changes.updateValue(newValue, forKey: path)
            }
        }
    }

    /// All of them.
    public var all: [SitePath: Manifest.Entry] {
        guard let base else { return changes.compactMapValues { $0 } }
        var all = base.all
        for (path, entry) in changes { all[path] = entry }
        return all
    }

    public var keys: [SitePath] { Array(all.keys) }
    public var count: Int { all.count }
    public var isEmpty: Bool { base == nil ? changes.isEmpty : all.isEmpty }

    /// The paths that begin so.
    func keys(beginningWith start: String) -> [SitePath] {
        var keys = Set(base?.keys(beginningWith: start) ?? [])
        for (path, entry) in changes where path.text.utf8.starts(with: start.utf8) {
            if entry == nil { keys.remove(path) } else { keys.insert(path) }
        }
        return Array(keys)
    }

    public func makeIterator() -> Dictionary<SitePath, Manifest.Entry>.Iterator {
        all.makeIterator()
    }

    public func filter(
        _ isIncluded: ((key: SitePath, value: Manifest.Entry)) -> Bool
    ) -> ManifestEntries {
        ManifestEntries(over: nil, all.filter { isIncluded((key: $0.key, value: $0.value)) })
    }

    public static func == (left: ManifestEntries, right: ManifestEntries) -> Bool {
        left.base?.reference == right.base?.reference
            ? left.changes == right.changes : left.all == right.all
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(all) }
}
