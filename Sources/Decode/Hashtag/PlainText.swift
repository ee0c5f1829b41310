/// The text that platforms mean: of the HTML that Mastodon's API gives as a status's content, and of the
/// escaped text that X's gives as a post's.
///
/// Such content is a server's own sanitised output: paragraphs, breaks, links, spans. This is no
/// parser of HTML at large; markup it does not know is left out.
enum PlainText {
    /// The text of one in which `&`, `<` and `>` are written as entities.
    static func of(escaped: String) -> String {
        guard escaped.utf8.contains(UInt8(ascii: "&")) else { return escaped }
        var text = String.UnicodeScalarView()
        var rest = Substring(escaped).unicodeScalars
        while let scalar = rest.popFirst() {
            text.append(scalar == "&" ? reference(&rest, among: ["amp", "lt", "gt"]) : scalar)
        }
        return String(text)
    }

    static func of(html: String) -> String {
        var text = String.UnicodeScalarView()
        var rest = Substring(html).unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "<":
                let tag = String(rest.prefix { $0 != ">" })
                rest = rest.dropFirst(tag.unicodeScalars.count + 1)
                if tag.hasPrefix("br") || tag.hasPrefix("p") || tag.hasPrefix("/p") {
                    text.append("\n")
                }
            case "&":
                text.append(reference(&rest))
            default: text.append(scalar)
            }
        }
        return String(text)
    }

    /// What the reference behind an ampersand means, which is then left off; else the ampersand.
    private static func reference(
        _ rest: inout Substring.UnicodeScalarView, among names: [String]? = nil
    ) -> Unicode.Scalar {
        let name = rest.prefix(10).prefix { $0 != ";" }
        guard rest.dropFirst(name.count).first == ";", names?.contains(String(name)) != false,
            let meant = entity(String(name))
        else { return "&" }
        rest = rest.dropFirst(name.count + 1)
        return meant
    }

    private static func entity(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return "\u{A0}"
        default:
            let number =
                name.hasPrefix("#x") || name.hasPrefix("#X")
                ? UInt32(name.dropFirst(2), radix: 16)
                : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            return number.flatMap(Unicode.Scalar.init)
        }
    }
}
