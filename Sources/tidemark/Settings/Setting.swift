/// What the user wrote for one key, not yet read by its form.
struct Setting: Hashable, Sendable {
    /// The texts as they stand, whatever YAML would make of them.
    indirect enum Value: Hashable, Sendable, ExpressibleByStringLiteral {
        case text(String)
        case list([Value])
        case map([Entry])
        /// A key of the file without a value.
        case nothing

        init(stringLiteral text: String) { self = .text(text) }
    }

    /// One name of a map.
    struct Entry: Hashable, Sendable {
        let name: String
        /// In the file.
        let line: Int
        let value: Value
    }

    /// `window.top`, `sources.wire.address`.
    let path: String
    let value: Value
    let origin: SettingOrigin
}

/// Where the user wrote a setting: the beginning of every message about it.
enum SettingOrigin: Hashable, Sendable {
    case file(String, line: Int)
    case environment(String)
    case flag(String)
    /// The key's default.
    case standard

    /// `tidemark.yaml:7: window.top`, `TIDEMARK_WINDOW_TOP` or `--window.top`.
    func naming(_ path: String) -> String {
        switch self {
        case .file(let file, let line):
            path.isEmpty ? "\(file):\(line)" : "\(file):\(line): \(path)"
        case .environment(let name): name
        case .flag(let flag): flag
        case .standard: path
        }
    }

    /// A key that was not set, where it belongs: beside one that was set at this origin.
    func locating(_ path: String) -> String {
        if case .file = self { naming(path) } else { spelling(path) }
    }

    var isEnvironment: Bool {
        if case .environment = self { true } else { false }
    }

    /// Another key in the spelling of this origin: what a suggestion has to say.
    func spelling(_ path: String) -> String {
        switch self {
        case .file, .standard: path
        case .environment: SettingKey.environmentName(of: path)
        case .flag: "--\(path)"
        }
    }

    /// Another line of the same file.
    func at(line: Int) -> SettingOrigin {
        if case .file(let file, _) = self { .file(file, line: line) } else { self }
    }
}
