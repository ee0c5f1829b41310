import Files

/// The settings in the environment: every variable that begins with `TIDEMARK_`.
enum SettingsEnvironment {
    /// - Parameter names: the user's own names, of sources, that stand elsewhere. A variable cannot tell `my-wire`
    ///   from `my_wire`, so a known name wins over the guess.
    static func settings(
        of environment: [String: String], names: [String]
    ) throws(SettingsError) -> [Setting] {
        let environment = withCredentials(environment)
        var settings: [Setting] = []
        for (variable, text) in environment.sorted(by: { $0.key < $1.key })
        where variable.hasPrefix("TIDEMARK_") {
            let origin = SettingOrigin.environment(variable)
            if let (key, path) = key(of: variable, names: names) {
                let value = try key.value(of: text, as: path, at: origin)
                settings.append(Setting(path: path, value: value, origin: origin))
            } else if let (name, path) = secret(inFileOf: variable, names: names) {
                guard environment[name] == nil else {
                    throw .unfit(origin, path: path, reason: "\(name) is set too; one is enough")
                }
                let secret = try SecretFile.text(
                    of: text, at: origin, path: path, in: environment)
                settings.append(Setting(path: path, value: .text(secret), origin: origin))
            } else {
                throw .unknown(origin, path: variable, suggestion: suggestion(for: variable))
            }
        }
        return settings
    }

    /// With what systemd hands over (`LoadCredential=`): files with the names of variables, in a folder of the unit's own.
    private static func withCredentials(_ environment: [String: String]) -> [String: String] {
        guard let folder = environment["CREDENTIALS_DIRECTORY"],
            let files = try? Folder.entries(of: folder)
        else { return environment }
        var all = environment
        for name in files.map(\.name) where name.hasPrefix("TIDEMARK_") && environment[name] == nil
        {
            all["\(name)_FILE"] = all["\(name)_FILE"] ?? FilePlace.joined(folder, name)
        }
        return all
    }

    /// The key that a variable sets, and its path.
    private static func key(
        of variable: String, names: [String]
    ) -> (key: SettingKey, path: String)? {
        for key in SettingKey.all {
            if key.environmentName == variable { return (key, key.path) }
            let ends = key.environmentName.split(separator: "*", omittingEmptySubsequences: false)
            guard ends.count == 2, variable.hasPrefix(ends[0]), variable.hasSuffix(ends[1]),
                variable.utf8.count > ends[0].utf8.count + ends[1].utf8.count
            else { continue }
            let middle = String(variable.dropFirst(ends[0].count).dropLast(ends[1].count))
            let name =
                names.first { SettingKey.environmentName(of: $0) == "TIDEMARK_\(middle)" }
                ?? middle.lowercased().split(separator: "_").joined(separator: "-")
            let parts = key.path.split(separator: "*", omittingEmptySubsequences: false)
            return (key, parts.joined(separator: name))
        }
        return nil
    }

    /// `TIDEMARK_SOURCES_X_TOKEN` for `TIDEMARK_SOURCES_X_TOKEN_FILE`.
    private static func secret(
        inFileOf variable: String, names: [String]
    ) -> (variable: String, path: String)? {
        guard variable.hasSuffix("_FILE") else { return nil }
        let name = String(variable.dropLast("_FILE".count))
        guard let found = key(of: name, names: names), found.key.isSecret else { return nil }
        return (name, found.path)
    }

    /// `TIDEMARK_WINDOW_EVRY` is near `window.evry`, which is near `window.every`.
    private static func suggestion(for variable: String) -> String? {
        let words = variable.dropFirst("TIDEMARK_".count).lowercased().split(separator: "_")
        guard let first = words.first else { return nil }
        return SettingSuggestion.forUnknown(
            "\(first)." + words.dropFirst().joined(separator: ""))
    }
}
