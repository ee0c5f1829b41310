/// A text from outside, fit for a terminal and a log: what could move the cursor, colour, turn or hide
/// what is shown stands as `\u{…}`, a password in an address as `…`, and more than `limit` scalars are cut.
///
/// Doing it twice changes nothing.
public func terminalSafe(_ text: String, limit: Int = 200) -> String {
    // What a control character divides is one address where it is shown escaped.
    let text =
        text.utf8.contains(UInt8(ascii: "@"))
        ? withoutPasswords(escaped(text.unicodeScalars)) : text
    // Most texts are plain ASCII.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
        return text
    }
    let isCut = text.unicodeScalars.dropFirst(limit).first != nil
    return escaped(text.unicodeScalars.prefix(limit)) + (isCut ? "…" : "")
}

private func escaped(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in scalars {
        if scalar.isHidden {
            safe.append(contentsOf: scalar.escaped.unicodeScalars)
        } else {
            safe.append(scalar)
        }
    }
    return String(safe)
}

/// The same with `…` for what stands before the `@` of an address: `https://…@host/`, and `…@host` of one that lost its
/// scheme, `user:password@host`.
///
/// Whatever was wrong with the address, so also where a password has a `/` in it, which none can: what stands behind
/// the name and a colon is then no port.
public func withoutPasswords(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var (safe, rest) = ([UInt8](), Array(text.utf8)[...])
    while let first = rest.first {
        let isWord = isOfWord(first)
        let run = rest.prefix { isOfWord($0) == isWord }
        rest = rest[run.endIndex...]
        safe += isWord ? withoutPasswords(inWord: run) : run
    }
    return String(decoding: safe, as: UTF8.self)
}

/// A password may hold all but these.
private func isOfWord(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: "\"") }

private func withoutPasswords(inWord word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let mark = Array("://".utf8)
    var scheme = word.firstRange(of: mark)
    var safe = withoutPassword(beforeScheme: word[..<(scheme?.lowerBound ?? word.endIndex)])
    while let place = scheme {
        safe += mark
        let rest = word[place.upperBound...]
        let authority = rest.prefix { !"/?#".utf8.contains($0) }
        let port = authority.drop { $0 != UInt8(ascii: ":") }.dropFirst()
        let isName =
            authority.first != UInt8(ascii: "[") && authority.count < rest.count
            && port.contains { !(0x30...0x39).contains($0) }
        let at = (isName ? rest : authority).lastIndex(of: UInt8(ascii: "@"))
        if at != nil { safe += Array("…".utf8) }
        let shown = rest[(at ?? rest.startIndex)...]
        scheme = shown.firstRange(of: mark)
        safe += shown[..<(scheme?.lowerBound ?? shown.endIndex)]
    }
    return safe
}

/// `user:password@host`, whatever the password holds. A name alone may be that of an e-mail address, or of git's
/// `git@host:path`.
private func withoutPassword(beforeScheme word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let at = word.lastIndex(of: UInt8(ascii: "@")),
        word[..<at].contains(UInt8(ascii: ":")), !word.starts(with: "mailto:".utf8),
        !word.starts(with: "…@".utf8)
    else { return word }
    return Array("…".utf8) + word[at...]
}

/// A text from outside within a sentence: in quotes, safe for a terminal, of at most 60 scalars.
///
/// A space of another kind than U+0020 shows which it is: it may be all that is wrong.
public func quoted(_ text: String) -> String {
    var shown = ""
    for scalar in withoutPasswords(text).unicodeScalars.prefix(61) {
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
