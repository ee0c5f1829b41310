/// One key of the configuration: its place, its type, its default and what it means.
///
/// The table of all keys drives the check for unknown keys, the names of flags and environment
/// variables, `tidemark init` and the README.
struct SettingKey: Hashable, Sendable {
    /// `window.top`; in `sources.*.kind` the star stands for the name of a source.
    let path: String
    let type: SettingType
    /// The default as one would write it in the file; nil if there is none.
    let standard: String?
    /// One sentence without a full stop.
    let meaning: String
    /// The kinds of source that have this key; empty if it is not a source's or of every kind.
    let kinds: [SourceKindName]
    /// Read from the environment alone, and never shown.
    let isSecret: Bool
    /// Accepted, as older configurations have it, with the one value that it has: nobody needs to know it.
    let isIdle: Bool

    init(
        _ path: String, _ type: SettingType, _ standard: String? = nil, _ meaning: String,
        kinds: [SourceKindName] = [], isSecret: Bool = false, isIdle: Bool = false
    ) {
        self.path = path
        self.type = type
        self.standard = standard
        self.meaning = meaning
        self.kinds = kinds
        self.isSecret = isSecret
        self.isIdle = isIdle
    }

    /// `TIDEMARK_WINDOW_MINIMUM_ACCOUNTS`; a source's name is left as `*`.
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
    static func named(_ path: String) -> SettingKey? { byPath[pattern(of: path)] }

    /// `sources.wire.kind` as the table has it: `sources.*.kind`.
    static func pattern(of path: String) -> String {
        let parts = path.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "sources" else { return path }
        return "sources.*.\(parts[2])"
    }

    /// The names before the first dot, without `sources`.
    static let sections = Set(all.compactMap(\.section)).subtracting(["sources"])

    private static let byPath = Dictionary(
        uniqueKeysWithValues: all.map { ($0.path, $0) })
}
