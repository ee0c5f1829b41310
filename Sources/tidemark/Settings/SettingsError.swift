import Files

/// Why the configuration cannot be used.
enum SettingsError: Error, Hashable {
    case unreadable(file: String, reason: String)
    /// The file is not YAML, or not a map of sections.
    case syntax(file: String, line: Int, reason: String)
    case unknown(SettingOrigin, path: String, suggestion: String?)
    /// A key outside of a section, or a section where a value belongs.
    case malformed(SettingOrigin, path: String, expected: String, found: String)
    /// The value is well formed but cannot be what is meant.
    case unfit(SettingOrigin, path: String, reason: String)
    case missing(SettingOrigin, path: String, expected: String)
    /// A secret in a file or on the command line.
    case secret(SettingOrigin, path: String, instead: String)
    /// A flag at the end of the line, or before another flag.
    case valueless(flag: String, expected: String)
    case exists(file: String)
    case unwritable(FileError)
}

extension SettingsError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .syntax(let file, let line, let reason): "\(file):\(line): \(reason)"
        case .unknown(let origin, let path, let suggestion):
            origin.naming(path) + ": unknown key"
                + (suggestion.map { "; did you mean \(origin.spelling($0))?" } ?? "")
        case .malformed(let origin, let path, let expected, let found):
            "\(origin.naming(path)): expected \(expected), found \(found)"
        case .unfit(let origin, let path, let reason): "\(origin.naming(path)): \(reason)"
        case .missing(let origin, let path, let expected):
            "\(origin.locating(path)) is missing: expected \(expected)"
        case .secret(let origin, let path, let instead):
            "\(origin.naming(path)): a secret does not belong here; set \(instead) in the environment"
        case .valueless(let flag, let expected): "\(flag): expected \(expected) after it"
        case .exists(let file): "\(file) exists already; --force writes over it"
        case .unwritable(let error): error.description
        }
    }
}
