import Text

/// The text of a configuration as whoever wrote it sees it. A paste from a page has no-break spaces and others where
/// YAML knows U+0020 alone: at the start of a line, behind the colon of a key and at the end they become that. Within
/// a value they stay.
enum SettingsText {
    static func plain(_ yaml: String) -> String {
        guard yaml.unicodeScalars.contains(where: \.isOddSpace) else { return yaml }
        return yaml.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map(line).joined(separator: "\n")
    }

    private static func line(_ line: Substring.UnicodeScalarView) -> String {
        let start = line.prefix(while: isBlank)
        var rest = Array(line[start.endIndex...])
        while let last = rest.last, isBlank(last) || last == "\r" { rest.removeLast() }
        var text = String(start).withPlainSpaces
        // What stands since the last mark that a key can follow.
        var name = ""
        var isBehindMark = false
        for (place, scalar) in rest.enumerated() {
            if scalar.isOddSpace,
                isBehindMark || isQuote(rest[place - 1]) && endsValue(rest[place...])
            {
                text += String(scalar).withPlainSpaces
                continue
            }
            isBehindMark =
                scalar == ":" && isKey(name) || scalar == "-" && name.trimmingSpaces().isEmpty
            name = "{,-".unicodeScalars.contains(scalar) ? "" : name + String(scalar)
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || scalar == "'"
    }

    /// Whether spaces are followed by what ends a quoted value.
    private static func endsValue(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        rest.first { !isBlank($0) }.map { ",]}#:".unicodeScalars.contains($0) } ?? true
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar.isOddSpace
    }

    private static func isKey(_ name: String) -> Bool {
        let name = name.trimmingSpaces()
        return !name.isEmpty
            && name.utf8.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || "_.\"'".utf8.contains($0)
            }
    }
}
