/// The settings on a command line, taken out of it: `--window.top 5`, `--archive=/srv/archive`.
///
/// They may stand anywhere, so every subcommand has them without naming them. What is left goes
/// to the parser of the subcommand.
struct SettingsFlags: Sendable {
    private(set) var settings: [Setting] = []
    private(set) var remaining: [String] = []
    /// The settings as words, for a command line that has the same.
    private(set) var words: [String] = []

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
            // There it is the folder of the parts.
            let isOwn = remaining.first == "part" && path == "output"
            guard
                path.utf8.contains(UInt8(ascii: "."))
                    || SettingKey.alone.contains(path) && !isOwn
            else {
                remaining += Self.readable(argument, name: path, value: attached)
                continue
            }
            let origin = SettingOrigin.flag("--\(path)")
            let key = try SettingCheck.key(of: path, at: origin)
            guard let text = attached ?? Self.takeValue(from: &rest) else {
                throw .valueless(flag: "--\(path)", expected: key.words)
            }
            let value = try key.value(of: text, as: path, at: origin)
            settings.append(Setting(path: path, value: value, origin: origin))
            words += ["--\(path)", text]
        }
    }

    /// A flag's name and the value after `=`; nil for what is no flag with two dashes. By bytes: a value
    /// may begin with a scalar that would join the `=` in one character.
    private static func split(_ argument: String) -> (path: String, value: String?)? {
        let bytes = argument.utf8
        guard bytes.starts(with: "--".utf8) else { return nil }
        let parts = bytes.dropFirst(2).split(
            separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        return (String(Substring(parts[0])), parts.count > 1 ? String(Substring(parts[1])) : nil)
    }

    /// What the subcommand's parser, which looks for the character `=`, takes for the same.
    private static func readable(_ argument: String, name: String, value: String?) -> [String] {
        let sign = argument.utf8.firstIndex(of: UInt8(ascii: "="))
        guard let value, argument.firstIndex(of: "=") != sign else { return [argument] }
        return ["--" + name, value]
    }

    private static func takeValue(from rest: inout ArraySlice<String>) -> String? {
        guard let next = rest.first, !next.hasPrefix("--") else { return nil }
        rest.removeFirst()
        return next
    }
}
