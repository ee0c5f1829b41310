import FoundationEssentials

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
        var names: [String] = []
        let isThere = file != nil || FilePlace.isFile(path)
        if isThere {
            let content = try SettingsFile(yaml: Self.text(of: path), name: path)
            settings = content.settings
            names = content.sourceNames
        }
        names += flags.compactMap { SettingCheck.sourceName(of: $0.path) }
        settings += try SettingsEnvironment.settings(of: environment, sourceNames: names)
        settings += flags
        let reader = SettingsReader(settings, folder: FilePlace.folder(of: path))
        return try Settings(reader, file: isThere ? path : nil)
    }

    private static func text(of path: String) throws(SettingsError) -> String {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            let reason =
                FilePlace.isFile(path)
                ? "no permission"
                : FilePlace.isFolder(path) ? "it is a folder" : "there is no such file"
            throw .unreadable(file: path, reason: reason)
        }
        guard data.count <= largestFile else {
            throw .unreadable(file: path, reason: "it is larger than \(largestFile) bytes")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .unreadable(file: path, reason: "it is not UTF-8")
        }
        return text
    }
}
