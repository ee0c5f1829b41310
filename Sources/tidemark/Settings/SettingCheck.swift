import Text

/// The check that a key exists and may be set where it was set.
enum SettingCheck {
    /// The key of a path, or the error that says what to write instead.
    static func key(of path: String, at origin: SettingOrigin) throws(SettingsError) -> SettingKey {
        let known = SettingKey.named(path)
        if known?.isSecret ?? looksSecret(path), !origin.isEnvironment {
            throw .secret(origin, path: path, instead: variable(for: path))
        }
        guard let known else {
            throw .unknown(origin, path: path, suggestion: SettingSuggestion.forUnknown(path))
        }
        guard SettingKey.names(in: path).allSatisfy(isName) else {
            throw .unfit(
                origin, path: path,
                reason: "a source's name has lower-case letters, digits and -, at most 40")
        }
        return known
    }

    private static func isName(_ name: String) -> Bool {
        (1...40).contains(name.utf8.count) && name.first != "-"
            && name.utf8.allSatisfy {
                $0.isASCIILowercase || $0.isASCIIDigit
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
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0] == "sources" else {
            return "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        }
        return SettingKey.environmentName(of: "sources.\(parts[1]).token")
    }
}
