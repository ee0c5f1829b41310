/// A text from outside, fit for a terminal and a log: control, format and private characters and
/// line breaks are replaced, and it is cut after `limit` scalars.
public func terminalSafe(_ text: String, limit: Int = 200) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            safe.append("\u{FFFD}")
        default: safe.append(scalar)
        }
    }
    return String(safe) + (text.unicodeScalars.count > limit ? "…" : "")
}
