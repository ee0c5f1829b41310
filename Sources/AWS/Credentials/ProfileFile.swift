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
        sections(of: profile).contains { $0.file.contains($0.section) }
    }

    /// Whether the configuration file has it without the word that makes it a profile there.
    func isMisnamed(_ profile: String) -> Bool {
        files.contains { $0.isConfiguration && $0.file.contains(profile) }
    }

    func setting(_ key: String, of profile: String) -> Secret? {
        sections(of: profile).lazy.compactMap { $0.file.setting(key, in: $0.section) }.first
    }

    /// Every key that the profile has, with a value or without.
    func keys(of profile: String) -> [String] {
        sections(of: profile).flatMap { $0.file.keys(in: $0.section) }.sorted()
    }

    /// A section of the configuration file that is no profile: `sso-session name`, `services name`.
    func contains(section: String) -> Bool {
        files.contains { $0.isConfiguration && $0.file.contains(section) }
    }

    func setting(_ key: String, in section: String) -> Secret? {
        files.lazy.filter(\.isConfiguration).compactMap { $0.file.setting(key, in: section) }.first
    }

    /// In the configuration file a profile is `[profile name]`; only the default one may go without
    /// the word.
    private func sections(of profile: String) -> [(file: ProfileFile, section: String)] {
        files.flatMap { file, isConfiguration in
            let names =
                isConfiguration
                ? ["profile \(profile)"] + (profile == "default" ? ["default"] : []) : [profile]
            return names.map { (file, $0) }
        }
    }
}

/// A file of profiles as the AWS tools write and read them: `[name]` lines, and `key = value` or
/// `key: value` lines under them.
///
/// Values may hold anything but a line break; a `#` or `;` begins a comment at the start of a line,
/// or after white space. Lines that are further in than the setting above them are nested in it: under
/// `s3 =` the line `addressing_style = path` is the setting `s3.addressing_style`.
struct ProfileFile: Sendable {
    /// Keys in lower case, by section, as named between the brackets. They hold secrets.
    private var sections: [String: [String: Secret]] = [:]

    init(_ bytes: [UInt8], path: String) throws(AWSError) {
        var section: String?
        var above: (key: String, indent: Int, isEmpty: Bool)?
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        for (index, raw) in text.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated()
        {
            func malformed(_ reason: String) -> AWSError {
                // The line may hold a secret: it is not shown.
                .malformedProfile(path: path, line: index + 1, reason: reason)
            }
            let line = raw.trimmingASCIIWhitespace()
            guard let first = line.first, first != 0x23, first != 0x3B else { continue }
            if first == 0x5B {
                guard let name = Self.section(line.dropFirst()) else {
                    throw malformed("a [ without a ]")
                }
                section = name
                above = nil
                sections[name] = sections[name] ?? [:]
                continue
            }
            guard let section else { throw malformed("expected a [profile] before any setting") }
            let indent = raw.prefix(while: \.isASCIIWhitespace).count
            let isNested = above.map { indent > $0.indent } ?? false
            // More lines of a value are none that anything here needs.
            if isNested, above?.isEmpty == false { continue }
            guard let end = line.firstIndex(where: { "=:".utf8.contains($0) }),
                end > line.startIndex
            else { throw malformed("expected key = value") }
            let key = String(decoding: line[..<end], as: UTF8.self).trimmingSpaces().lowercased()
            let value = Self.withoutComment(
                line[line.index(after: end)...].trimmingASCIIWhitespace())
            let name = isNested ? "\(above?.key ?? "").\(key)" : key
            if !isNested { above = (key, indent, value.isEmpty) }
            let written = String(decoding: value, as: UTF8.self).trimmingSpaces()
            sections[section]?[name] = Secret(written)
        }
    }

    /// Whether there is such a section, even an empty one.
    func contains(_ section: String) -> Bool {
        sections[section] != nil
    }

    func setting(_ key: String, in section: String) -> Secret? {
        sections[section]?[key].flatMap { $0.revealed.isEmpty ? nil : $0 }
    }

    func keys(in section: String) -> [String] { sections[section].map { Array($0.keys) } ?? [] }

    /// The words up to the `]`, with a space between; quoted ones keep their spaces. Nil without a `]`.
    private static func section(_ line: ArraySlice<UInt8>) -> String? {
        var words: [[UInt8]] = []
        var quote: UInt8?
        var isInWord = false
        for byte in line {
            if byte == quote {
                quote = nil
            } else if quote != nil {
                words[words.count - 1].append(byte)
            } else if byte == UInt8(ascii: "]") {
                return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
            } else if byte.isASCIIWhitespace {
                isInWord = false
            } else {
                if !isInWord { words.append([]) }
                isInWord = true
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else {
                    words[words.count - 1].append(byte)
                }
            }
        }
        return nil
    }

    private static func withoutComment(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for index in value.indices.dropFirst() where value[index] == 0x23 || value[index] == 0x3B {
            let before = value[value.index(before: index)]
            if before == 0x20 || before == 0x09 { return value[..<index].trimmingASCIIWhitespace() }
        }
        return value
    }
}
