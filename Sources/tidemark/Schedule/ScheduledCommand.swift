import Files
import Glibc

/// What a scheduler has to run so that it publishes with this configuration.
struct ScheduledCommand: Hashable, Sendable {
    /// The program and its arguments: absolute paths alone.
    let words: [String]
    /// The folder to run in; nil where it does not matter.
    let folder: String?

    /// - Parameters:
    ///   - program: the file of the running program.
    ///   - file: the configuration; nil if all of it is in flags and variables.
    ///   - flags: the settings of the command line, as words.
    init(program: String, file: String?, flags: [String]) {
        let file = file.map(FilePlace.canonical)
        let checkout = Self.checkout(of: program)
        var words = [checkout.map { FilePlace.joined($0, Self.script) } ?? program]
        if checkout == nil { words.append("publish") }
        if let file, file != checkout.map({ FilePlace.joined($0, SettingsLoader.standardFile) }) {
            words += ["--config", file]
        }
        self.words = words + flags
        // The script goes to its own; paths in flags are seen from here.
        let isElsewhere = checkout == nil && (file == nil || !flags.isEmpty)
        folder = isElsewhere ? FilePlace.canonical(".") : nil
    }

    /// Builds the program anew if its sources changed, and runs it.
    static let script = "Scripts/publish"

    /// The folder of the sources that a program was built from and still lies in; nil if it is installed.
    private static func checkout(of program: String) -> String? {
        guard let range = program.firstRange(of: "/.build"),
            let folder = Optional(String(program[..<range.lowerBound])),
            let kind = try? FilePlace.kind(of: FilePlace.joined(folder, script)), kind == .file
        else { return nil }
        return folder
    }

    /// For a line of crontab(5): words for the shell, in which cron itself takes % for a line's end.
    ///
    /// Nil if it cannot be said there.
    var cron: String? {
        let line =
            ([folder.map { "cd \(Self.shellQuoted($0)) &&" }].compactMap(\.self)
            + words.map(Self.shellQuoted)).joined(separator: " ")
        // A backslash before the % would be taken for ours.
        guard !line.utf8.contains(UInt8(ascii: "\n")), !line.contains("\\%") else { return nil }
        return line.replacing("%", with: "\\%")
    }

    private static func shellQuoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "/._-+=:,@".utf8.contains(byte)
                }
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    /// For `ExecStart=` of systemd.service(5): % begins a specifier, and $ a variable in all but the program.
    var systemd: String {
        words.enumerated().map { index, word in
            var text = ""
            for scalar in word.unicodeScalars {
                switch scalar {
                case "\"", "\\": text += "\\\(scalar)"
                case "%": text += "%%"
                case "$" where index > 0: text += "$$"
                case "\n": text += "\\n"
                default: text.unicodeScalars.append(scalar)
                }
            }
            let isPlain =
                text == word && !word.isEmpty
                && !word.utf8.contains { $0 <= 0x20 || "';".utf8.contains($0) }
            return isPlain ? text : "\"\(text)\""
        }.joined(separator: " ")
    }

    /// For `WorkingDirectory=`, which takes no quotes.
    var systemdFolder: String? { folder?.replacing("%", with: "%%") }
}
