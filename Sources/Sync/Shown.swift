/// A path as a terminal may show it: control and format characters stand as `\u{…}`.
struct Shown: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        description = shown
    }
}
