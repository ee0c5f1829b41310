@testable import tidemark

/// A configuration is read, or refused with a sentence that begins with the file's name.
enum SettingsRules {
    static func check(_ input: inout FuzzInput) throws {
        do {
            let file = try SettingsFile(yaml: input.text, name: "fuzz.yaml")
            var keys = SettingKeys(
                GivenSettings(file.settings, sections: file.sections, folder: ""))
            _ = try Settings(&keys, file: "fuzz.yaml")
        } catch {
            try require("\(error)".hasPrefix("fuzz.yaml"), "\(error)")
        }
    }
}
