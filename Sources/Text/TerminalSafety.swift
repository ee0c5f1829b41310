/// A text from outside, fit for a terminal and a log: what could move the cursor, colour, turn or hide
/// what is shown stands as `\u{…}`, and more than `limit` scalars are cut.
///
/// Doing it twice changes nothing.
public func terminalSafe(_ text: String, limit: Int = 200) -> String {
    // Most texts are plain ASCII.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
        return text
    }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit) {
        if scalar.isHidden {
            safe.append(contentsOf: scalar.escaped.unicodeScalars)
        } else {
            safe.append(scalar)
        }
    }
    let isCut = text.unicodeScalars.dropFirst(limit).first != nil
    return String(safe) + (isCut ? "…" : "")
}

/// A text from outside within a sentence: in quotes, safe for a terminal, of at most 60 scalars.
///
/// A space of another kind than U+0020 shows which it is: it may be all that is wrong.
public func quoted(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(61) {
        shown += scalar.isOddSpace ? scalar.escaped : String(scalar)
    }
    return "\"\(terminalSafe(shown, limit: 60))\""
}

extension Unicode.Scalar {
    fileprivate var escaped: String { "\\u{\(String(value, radix: 16))}" }

    /// Control and format characters, line and paragraph separators, but not what joins emoji and letters into
    /// one: U+200C and U+200D, and the tags of flags.
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format:
            !(0x200C...0x200D).contains(value) && !(0xE0020...0xE007F).contains(value)
        default: false
        }
    }
}
