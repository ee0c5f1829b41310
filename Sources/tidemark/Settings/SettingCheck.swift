/// The check that a key exists and may be set where it was set.
enum SettingCheck {
    /// The key of `setting`, or the error that says what to write instead.
    static func key(of setting: Setting) throws(SettingsError) -> SettingKey {
        try key(of: setting.path, at: setting.origin)
    }

    static func key(of path: String, at origin: SettingOrigin) throws(SettingsError) -> SettingKey {
        let known = SettingKey.named(path)
        if known?.isSecret ?? looksSecret(path), !origin.isEnvironment {
            throw .secret(origin, path: path, instead: variable(for: path))
        }
        guard let known else {
            throw .unknown(origin, path: path, suggestion: SettingSuggestion.forUnknown(path))
        }
        if let name = sourceName(of: path), !isSourceName(name) {
            throw .unfit(
                origin, path: path,
                reason: "a source's name has lower-case letters, digits and -, at most 40")
        }
        return known
    }

    /// `wire` of `sources.wire.kind`.
    static func sourceName(of path: String) -> String? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 && parts[0] == "sources" ? String(parts[1]) : nil
    }

    private static func isSourceName(_ name: String) -> Bool {
        (1...40).contains(name.utf8.count) && name.first != "-"
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "-")
            }
    }

    private static func looksSecret(_ path: String) -> Bool {
        guard let leaf = path.split(separator: ".").last?.lowercased() else { return false }
        return ["token", "secret", "password", "passwd", "accesskey", "apikey", "credential"]
            .contains { leaf.contains($0) }
    }

    /// The environment variable that a secret belongs into.
    private static func variable(for path: String) -> String {
        if let name = sourceName(of: path) {
            return SettingKey.environmentName(of: "sources.\(name).token")
        }
        return "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    }
}
