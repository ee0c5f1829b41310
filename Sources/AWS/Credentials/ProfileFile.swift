import Text

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

/// A file of profiles as the AWS tools write them: `[name]` lines and `key = value` lines under
/// them.
///
/// Values may hold anything but a line break; a `#` or `;` begins a comment at the start of a line,
/// or after white space. Indented lines are nested settings (`s3 =` and what follows), which
/// nothing here needs.
struct ProfileFile: Sendable {
    /// Keys in lower case, by section, as named between the brackets. They hold secrets.
    private var sections: [String: [String: Secret]] = [:]

    init(_ bytes: [UInt8], path: String) throws(AWSError) {
        var section: String?
        for (index, raw) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = raw.trimmingASCIIWhitespace()
            guard let first = line.first, first != 0x23, first != 0x3B else { continue }
            if first == 0x5B {
                guard let end = line.firstIndex(of: 0x5D) else {
                    throw .malformedProfile(path: path, line: index + 1, reason: "a [ without a ]")
                }
                let words = line[line.index(after: line.startIndex)..<end].split {
                    $0 == 0x20 || $0 == 0x09
                }
                let name = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
                section = name
                sections[name] = sections[name] ?? [:]
                continue
            }
            if raw.first == 0x20 || raw.first == 0x09 { continue }
            guard let section, let equals = line.firstIndex(of: 0x3D) else {
                // The line may hold a secret: it is not shown.
                throw .malformedProfile(
                    path: path, line: index + 1,
                    reason: section == nil
                        ? "expected a [profile] before any setting" : "expected key = value")
            }
            let key = String(decoding: line[..<equals].trimmingASCIIWhitespace(), as: UTF8.self)
                .lowercased()
            let value = withoutComment(
                line[line.index(after: equals)...].trimmingASCIIWhitespace())
            sections[section]?[key] = Secret(String(decoding: value, as: UTF8.self))
        }
    }

    /// Whether there is such a section, even an empty one.
    func contains(_ section: String) -> Bool {
        sections[section] != nil
    }

    func setting(_ key: String, in section: String) -> Secret? {
        sections[section]?[key].flatMap { $0.revealed.isEmpty ? nil : $0 }
    }
}

private func withoutComment(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for index in value.indices.dropFirst() where value[index] == 0x23 || value[index] == 0x3B {
        let before = value[value.index(before: index)]
        if before == 0x20 || before == 0x09 { return value[..<index].trimmingASCIIWhitespace() }
    }
    return value
}
