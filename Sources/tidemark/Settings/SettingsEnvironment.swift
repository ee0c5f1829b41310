/// The settings in the environment: every variable that begins with `TIDEMARK_`.
enum SettingsEnvironment {
    /// - Parameter sourceNames: sources named elsewhere. A variable cannot tell `my-wire` from
    ///   `my_wire`, so a known name wins over the guess.
    static func settings(
        of environment: [String: String], sourceNames: [String]
    ) throws(SettingsError) -> [Setting] {
        var settings: [Setting] = []
        for (variable, text) in environment.sorted(by: { $0.key < $1.key })
        where variable.hasPrefix("TIDEMARK_") {
            let origin = SettingOrigin.environment(variable)
            guard let path = path(of: variable, sourceNames: sourceNames) else {
                throw .unknown(origin, path: variable, suggestion: suggestion(for: variable))
            }
            settings.append(
                Setting(
                    path: path, value: try ListText.value(text, of: path, at: origin),
                    origin: origin))
        }
        return settings
    }

    private static func path(of variable: String, sourceNames: [String]) -> String? {
        for key in SettingKey.all {
            if key.environmentName == variable { return key.path }
            let ends = key.environmentName.split(separator: "*", omittingEmptySubsequences: false)
            guard ends.count == 2, variable.hasPrefix(ends[0]), variable.hasSuffix(ends[1]),
                variable.utf8.count > ends[0].utf8.count + ends[1].utf8.count
            else { continue }
            let middle = String(variable.dropFirst(ends[0].count).dropLast(ends[1].count))
            let name =
                sourceNames.first { SettingKey.environmentName(of: $0) == "TIDEMARK_\(middle)" }
                ?? middle.lowercased().split(separator: "_").joined(separator: "-")
            return "sources.\(name)" + key.path.dropFirst("sources.*".count)
        }
        return nil
    }

    /// `TIDEMARK_WINDOW_EVRY` is near `window.evry`, which is near `window.every`.
    private static func suggestion(for variable: String) -> String? {
        let words = variable.dropFirst("TIDEMARK_".count).lowercased().split(separator: "_")
        guard let first = words.first else { return nil }
        return SettingSuggestion.forUnknown(
            "\(first)." + words.dropFirst().joined(separator: ""))
    }
}
