/// One key of the configuration, as all but its reading know it: made by telling the keys (`SettingKeys`).
struct SettingKey: Hashable, Sendable {
    /// `window.top`; in `sources.*.kind` the star stands for a name of the user's own.
    let path: String
    /// What its value looks like.
    let words: String
    let shape: SettingShape
    /// The default as one would write it in the file; nil if there is none.
    let standard: String?
    /// One sentence without a full stop.
    let meaning: String
    /// The kinds of source that have this key; empty if it is not a source's or of every kind.
    var kinds: [String]
    /// Read from the environment alone, or a file that it names, and never shown.
    let isSecret: Bool
    /// Accepted, as older configurations have it, with the one value that it has: nobody needs to know it.
    let isIdle: Bool

    /// Every key, in the order in which they are read: those of several kinds of source with each.
    static let told: [SettingKey] = {
        var keys = SettingKeys(nil)
        _ = try? Settings(&keys, file: nil)
        return keys.told
    }()

    /// The names of the keys that lie in no section: told without the others, as every command asks of each of its
    /// options whether it is one.
    static let alone: Set<String> = {
        var keys = SettingKeys(nil)
        _ = try? Settings.Places(&keys)
        return Set(keys.told.map(\.path))
    }()

    /// Every key there is, in that order. One of several kinds is there once if it means the same.
    static let all: [SettingKey] = {
        var all: [SettingKey] = []
        for key in told {
            if let same = all.firstIndex(where: { $0.isSame(as: key) }) {
                all[same].kinds += key.kinds
            } else {
                all.append(key)
            }
        }
        return all
    }()

    private func isSame(as key: SettingKey) -> Bool {
        var key = key
        key.kinds = kinds
        return self == key
    }

    /// `TIDEMARK_WINDOW_MINIMUM_ACCOUNTS`; a name of the user's own is left as `*`.
    var environmentName: String { Self.environmentName(of: path) }

    /// The variable for a path such as `sources.wire.address`.
    static func environmentName(of path: String) -> String {
        var name = "TIDEMARK_"
        for scalar in path.unicodeScalars {
            switch scalar {
            case ".", "-": name += "_"
            case "A"..."Z": name += "_\(scalar)"
            default: name += scalar.properties.uppercaseMapping
            }
        }
        return name
    }

    /// `window` of `window.top`; nil for a key that stands alone.
    var section: String? {
        path.firstIndex(of: ".").map { String(path[..<$0]) }
    }

    /// The key of a concrete path: `sources.*.kind` for `sources.wire.kind`.
    static func named(_ path: String) -> SettingKey? { tree.find(path)?.key }

    /// The names of the user's own in a path of a key: `wire` in `sources.wire.kind`.
    static func names(in path: String) -> [String] { tree.find(path)?.names ?? [] }

    /// The kinds that have a key of that path; nil if all do.
    static func kinds(of path: String) -> [String]? {
        guard let pattern = named(path)?.path else { return nil }
        let keys = all.filter { $0.path == pattern }
        return keys.contains { $0.kinds.isEmpty } ? nil : keys.flatMap(\.kinds)
    }

    /// The sections and keys, as they lie in each other.
    static let tree: Tree = {
        var tree = Tree()
        for key in all where !key.path.contains("[") {
            tree.insert(key, at: key.path.split(separator: ".")[...])
        }
        return tree
    }()

    /// A section of keys, or a key.
    struct Tree: Sendable {
        private(set) var key: SettingKey?
        private(set) var children: [String: Tree] = [:]

        /// What a name leads to, be it one of ours or of the user's.
        subscript(name: String) -> Tree? { children[name] ?? children["*"] }

        fileprivate mutating func insert(_ key: SettingKey, at path: ArraySlice<Substring>) {
            guard let first = path.first else {
                self.key = self.key ?? key
                return
            }
            children[String(first), default: Tree()].insert(key, at: path.dropFirst())
        }

        fileprivate func find(_ path: String) -> (key: SettingKey, names: [String])? {
            var (tree, names) = (self, [String]())
            for part in path.split(separator: ".", omittingEmptySubsequences: false) {
                guard let next = tree[String(part)] else { return nil }
                if tree.children[String(part)] == nil { names.append(String(part)) }
                tree = next
            }
            return tree.key.map { ($0, names) }
        }
    }
}
