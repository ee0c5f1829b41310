import Files
import Glibc
import Text

/// Finds what the user wrote and makes `Settings` of it: flag over environment over file over
/// default.
struct SettingsLoader {
    /// The file read when none is named.
    static let standardFile = "tidemark.yaml"
    /// Far above any real configuration.
    private static let largestFile = 1_000_000

    /// `--config`; nil for `tidemark.yaml`, which need not be there.
    let file: String?
    let flags: [Setting]
    let environment: [String: String]

    func load() throws(SettingsError) -> Settings {
        let path = file ?? Self.standardFile
        var settings: [Setting] = []
        var sections: [String: SettingOrigin] = [:]
        var names: [String] = []
        let isThere = if file == nil { try Self.isThere(path) } else { true }
        if isThere {
            let content = try SettingsFile(yaml: Self.text(of: path), name: path)
            settings = content.settings
            (sections, names) = (content.sections, content.names)
        }
        names += flags.flatMap { SettingKey.names(in: $0.path) }
        settings += try SettingsEnvironment.settings(of: environment, names: names)
        settings += flags
        var keys = SettingKeys(
            GivenSettings(settings, sections: sections, folder: FilePlace.folder(of: path)))
        return try Settings(&keys, file: isThere ? path : nil)
    }

    /// Who is to be told that the settings cannot be read; nil if not even that can be.
    func audience() -> Audience? {
        let path = file ?? Self.standardFile
        let content = try? SettingsFile(
            yaml: Self.text(of: path), name: path, sections: Audience.sections)
        let variables = environment.filter { name, _ in
            Audience.sections.contains { name.hasPrefix("TIDEMARK_\($0.uppercased())") }
        }
        guard let named = try? SettingsEnvironment.settings(of: variables, names: []) else {
            return nil
        }
        let given = flags.filter { flag in
            Audience.sections.contains { flag.path == $0 || flag.path.hasPrefix($0 + ".") }
        }
        var keys = SettingKeys(
            GivenSettings(
                (content?.settings ?? []) + named + given, folder: FilePlace.folder(of: path)))
        return try? Audience(&keys)
    }

    private static func isThere(_ path: String) throws(SettingsError) -> Bool {
        do throws(FileError) { return try FilePlace.kind(of: path) != nil } catch {
            throw .unreadable(file: path, reason: "\(error.cause)")
        }
    }

    private static func text(of path: String) throws(SettingsError) -> String {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try WholeFile.readStream(path, limit: largestFile)
        } catch {
            let reason =
                switch error.cause {
                case _ where path.unicodeScalars.contains("\u{FFFD}"):
                    "its name is not UTF-8, and others are not taken: rename it"
                case .system(ENOENT): "there is no such file"
                case .system(EISDIR): "it is a folder"
                case let cause: "\(cause)"
                }
            throw .unreadable(file: path, reason: reason)
        }
        guard let text = String(validating: bytes.withoutByteOrderMark, as: UTF8.self) else {
            let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            throw .unreadable(
                file: path, reason: "it is \(isUTF16 ? "UTF-16" : "not UTF-8"); save it as UTF-8")
        }
        return text
    }
}
