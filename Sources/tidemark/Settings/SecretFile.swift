import Files
import Text

/// A secret that a file holds, as container platforms and systemd hand them over.
enum SecretFile {
    /// Far above any token.
    private static let largest = 64 * 1024

    /// The file's text without the line ends behind it. Refuses a file that others may read or write.
    static func text(
        of file: String, at origin: SettingOrigin, path: String, in environment: [String: String]
    ) throws(SettingsError) -> String {
        guard
            var text = String(
                validating: try bytes(of: file, at: origin, path: path, in: environment),
                as: UTF8.self)
        else {
            throw .unfit(origin, path: path, reason: "\(terminalSafe(file)) is not UTF-8")
        }
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" {
            text.unicodeScalars.removeLast()
        }
        return text
    }

    /// All of the file. Refuses one that others may read or write.
    static func bytes(
        of file: String, at origin: SettingOrigin, path: String, in environment: [String: String]
    ) throws(SettingsError) -> [UInt8] {
        func unfit(_ reason: String) -> SettingsError { .unfit(origin, path: path, reason: reason) }
        let bytes: [UInt8]
        let permissions: UInt32
        do throws(FileError) {
            permissions = try FileStatus(of: file)?.permissions ?? 0
            bytes = try WholeFile.read(file, limit: largest)
        } catch {
            throw unfit(terminalSafe("\(error)"))
        }
        // systemd lets the unit's user in by a list, which looks like the right of a group.
        let isHandedOver =
            environment["CREDENTIALS_DIRECTORY"].map { FilePlace.folder(of: file) == $0 } ?? false
        guard permissions & (isHandedOver ? 0o027 : 0o077) == 0 else {
            throw unfit("others may use \(terminalSafe(file)); chmod 600 keeps them out")
        }
        return bytes
    }
}
