/// Text from outside made fit for a terminal and a log.
enum Printable {
    /// Control characters, line and paragraph separators and direction overrides as `\u{…}`:
    /// nothing that came from outside can move the cursor, colour or reorder what is shown.
    static func line(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isHidden(scalar) {
                shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// In quotes, of at most 60 scalars.
    static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let short = String(String.UnicodeScalarView(scalars.prefix(60)))
        return "\"" + line(short) + (scalars.count > 60 ? "…" : "") + "\""
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Of the format characters only those that turn the writing direction.
        case .format:
            (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                || scalar.value == 0x200E || scalar.value == 0x200F || scalar.value == 0x061C
        default: false
        }
    }
}
