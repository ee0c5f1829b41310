import Files
import Text

/// The winning settings, read by the types that the table of keys gives them.
struct SettingsReader {
    private let settings: [String: Setting]
    /// Folder that relative paths of the file start from; empty for the working folder.
    private let folder: String

    /// - Parameter settings: later ones win over earlier ones of the same path.
    init(_ settings: [Setting], folder: String) {
        self.settings = Dictionary(settings.map { ($0.path, $0) }) { $1 }
        self.folder = folder
    }

    /// Names of the sources that any setting speaks of, sorted.
    var sourceNames: [String] {
        Set(settings.keys.compactMap(SettingCheck.sourceName)).sorted()
    }

    /// Where `path` was set; the defaults if it was not.
    func origin(of path: String) -> SettingOrigin { settings[path]?.origin ?? .standard }

    /// The settings that are there for one source.
    func settings(ofSource name: String) -> [Setting] {
        settings.values.filter { SettingCheck.sourceName(of: $0.path) == name }
            .sorted { $0.path < $1.path }
    }

    func text(_ path: String) throws(SettingsError) -> String? {
        guard let found = try setting(path) else { return nil }
        guard case .text(let text) = found.value else {
            throw malformed(found, Self.shown(found.value))
        }
        if let problem = check(text, found) { throw problem }
        return text
    }

    func list(_ path: String) throws(SettingsError) -> [String]? {
        guard let found = try setting(path) else { return nil }
        guard case .list(let texts) = found.value else {
            throw malformed(found, Self.shown(found.value))
        }
        for text in texts {
            if let problem = check(text, found) { throw problem }
        }
        return texts.map { itemType(path) == .path ? resolved($0, found.origin) : $0 }
    }

    func path(_ path: String) throws(SettingsError) -> String? {
        try text(path).map { resolved($0, origin(of: path)) }
    }

    /// The value of a key that has a default.
    func required<Value>(
        _ path: String, _ read: (String) throws(SettingsError) -> Value?
    ) throws(SettingsError) -> Value {
        if let value = try read(path) { return value }
        throw .missing(
            settings[path]?.origin ?? .standard, path: path,
            expected: SettingKey.named(path)?.type.description ?? "a value")
    }

    func count(_ path: String) throws(SettingsError) -> Int? { try text(path).flatMap { Int($0) } }

    func flag(_ path: String) throws(SettingsError) -> Bool? { try text(path).map { $0 == "true" } }

    func choice<Choice: RawRepresentable<String>>(
        _ path: String, as type: Choice.Type = Choice.self
    ) throws(SettingsError) -> Choice? {
        try text(path).flatMap(Choice.init)
    }

    func duration(_ path: String) throws(SettingsError) -> Duration? {
        try text(path).flatMap(SettingType.duration)
    }

    /// The error that a well-formed value cannot be.
    func unfit(_ path: String, _ reason: String) -> SettingsError {
        .unfit(origin(of: path), path: path, reason: reason)
    }

    private func setting(_ path: String) throws(SettingsError) -> Setting? {
        if let setting = settings[path] { return setting }
        guard let standard = SettingKey.named(path)?.standard else { return nil }
        return Setting(path: path, value: .standard(standard), origin: .standard)
    }

    private func itemType(_ path: String) -> SettingType? {
        guard case .list(let item)? = SettingKey.named(path)?.type else { return nil }
        return item
    }

    private func check(_ text: String, _ setting: Setting) -> SettingsError? {
        guard let type = itemType(setting.path) ?? SettingKey.named(setting.path)?.type else {
            return .unknown(setting.origin, path: setting.path, suggestion: nil)
        }
        return type.accepts(text) ? nil : malformed(setting, quoted(text))
    }

    private func malformed(_ setting: Setting, _ found: String) -> SettingsError {
        let key = SettingKey.named(setting.path)
        return .malformed(
            setting.origin, path: setting.path, expected: key?.type.description ?? "a value",
            found: key?.isSecret ?? true ? "something else" : found)
    }

    private static func shown(_ value: Setting.Value) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .list: "a list"
        case .nothing: "nothing"
        }
    }

    /// Paths in the file are relative to the file, others to the working folder.
    private func resolved(_ path: String, _ origin: SettingOrigin) -> String {
        switch origin {
        case .environment, .flag: path
        case .file, .standard: FilePlace.joined(folder, path)
        }
    }
}
