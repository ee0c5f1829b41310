/// All profiles of a machine: those of the credentials file over those of the configuration file,
/// setting by setting.
struct ProfileSet: Sendable {
    /// Both paths, in words.
    let places: String
    private let files: [(file: ProfileFile, isConfiguration: Bool)]

    /// Files that are not there hold nothing.
    init(credentialsPath: String, configPath: String) throws(AWSError) {
        places = "\(credentialsPath) and \(configPath)"
        var files: [(ProfileFile, Bool)] = []
        for (path, isConfiguration) in [(credentialsPath, false), (configPath, true)] {
            if let bytes = try SmallFile.bytes(path) {
                files.append((try ProfileFile(bytes, path: path), isConfiguration))
            }
        }
        self.files = files
    }

    func contains(_ profile: String) -> Bool {
        files.contains { file, isConfiguration in
            Self.sections(of: profile, isConfiguration).contains { file.contains($0) }
        }
    }

    func setting(_ key: String, of profile: String) -> Secret? {
        for (file, isConfiguration) in files {
            for section in Self.sections(of: profile, isConfiguration) {
                if let value = file.setting(key, in: section) { return value }
            }
        }
        return nil
    }

    /// In the configuration file a profile is `[profile name]`; only the default one may go without
    /// the word.
    private static func sections(of profile: String, _ isConfiguration: Bool) -> [String] {
        guard isConfiguration else { return [profile] }
        return ["profile \(profile)"] + (profile == "default" ? ["default"] : [])
    }
}
