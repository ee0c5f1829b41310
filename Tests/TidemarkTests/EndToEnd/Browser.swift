import Foundation
import Support

/// What there is to browse with.
enum Browser {
    /// Chromium, and what drives it.
    static let isThere =
        ["chromium", "chromium-browser", "google-chrome"].contains(where: isProgram)
        && FileManager.default.fileExists(atPath: Repository.folder + "/.venv/bin/playwright")

    static let hasJava = isProgram("java")

    private static func isProgram(_ name: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/" + name)
    }
}
