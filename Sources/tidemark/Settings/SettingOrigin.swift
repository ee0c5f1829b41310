/// Where the user wrote a setting: the beginning of every message about it.
enum SettingOrigin: Hashable, Sendable {
    case file(String, line: Int)
    case environment(String)
    case flag(String)
    /// The table of defaults.
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
}
