/// What the user wrote: of each key the last word.
struct GivenSettings: Sendable {
    private let settings: [String: Setting]
    /// The sections of the user's own names that the file has, by path: `sources.wire`.
    private let sections: [String: SettingOrigin]
    /// Folder that relative paths of the file start from; empty for the working folder.
    let folder: String

    /// - Parameter settings: later ones win over earlier ones of the same path.
    init(_ settings: [Setting], sections: [String: SettingOrigin] = [:], folder: String) {
        self.settings = Dictionary(settings.map { ($0.path, $0) }) { $1 }
        self.sections = sections
        self.folder = folder
    }

    subscript(path: String) -> Setting? { settings[path] }

    /// Where a key was set; the defaults if it was not.
    func origin(of path: String) -> SettingOrigin { settings[path]?.origin ?? .standard }

    /// The settings of a section, `sources.wire.`, by path.
    func settings(in section: String) -> [Setting] {
        settings.values.filter { $0.path.hasPrefix(section) }.sorted { $0.path < $1.path }
    }

    /// Where a section begins.
    func origin(ofSection section: String) -> SettingOrigin {
        settings(in: section).first?.origin ?? sections[String(section.dropLast())] ?? .standard
    }

    /// The names that any setting gives in `sources.`, sorted.
    func names(in section: String) -> [String] {
        let paths = (Array(settings.keys) + sections.keys).filter { $0.hasPrefix(section) }
        return Set(
            paths.map { String($0.dropFirst(section.count).prefix { $0 != "." }) }
        ).sorted()
    }
}
