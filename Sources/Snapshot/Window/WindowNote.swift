import Text

/// What happened to a window, in words, fit for an archive: `no connection from 18:20 to 18:31`.
enum WindowNote {
    private static let longest = 200

    /// The text in one line, without control and formatting characters, of at most 200 scalars: part
    /// of it may come from a server.
    static func line(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        let text = withoutPasswords(text)
        for scalar in text.unicodeScalars.prefix(longest) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        let isCut = text.unicodeScalars.dropFirst(longest).first != nil
        return String(scalars) + (isCut ? "…" : "")
    }
}
