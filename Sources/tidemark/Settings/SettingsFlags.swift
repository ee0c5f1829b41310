/// The settings on a command line, taken out of it: `--window.top 5`, `--archive=/srv/archive`.
///
/// They may stand anywhere, so every subcommand has them without naming them. What is left goes
/// to the parser of the subcommand.
struct SettingsFlags: Sendable {
    private(set) var settings: [Setting] = []
    private(set) var remaining: [String] = []

    /// - Parameter arguments: without the program's name.
    init(_ arguments: [String]) throws(SettingsError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                remaining += [argument] + rest
                return
            }
            guard let (path, attached) = Self.split(argument) else {
                remaining.append(argument)
                continue
            }
            let origin = SettingOrigin.flag("--\(path)")
            let key = try SettingCheck.key(of: path, at: origin)
            guard let text = attached ?? Self.takeValue(from: &rest) else {
                throw .valueless(flag: "--\(path)", expected: key.words)
            }
            let value = try key.value(of: text, as: path, at: origin)
            settings.append(Setting(path: path, value: value, origin: origin))
        }
    }

    /// A setting's path and the value after `=`; nil for arguments of the subcommand.
    private static func split(_ argument: String) -> (path: String, value: String?)? {
        guard argument.hasPrefix("--") else { return nil }
        let parts = argument.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0])
        guard path.contains(".") || SettingKey.named(path) != nil else { return nil }
        return (path, parts.count > 1 ? String(parts[1]) : nil)
    }

    private static func takeValue(from rest: inout ArraySlice<String>) -> String? {
        guard let next = rest.first, !next.hasPrefix("--") else { return nil }
        rest.removeFirst()
        return next
    }
}
