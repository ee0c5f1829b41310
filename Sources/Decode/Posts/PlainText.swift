/// The text of the HTML that Mastodon's API gives as a status's content.
///
/// Such content is a server's own sanitised output: paragraphs, breaks, links, spans. This is no
/// parser of HTML at large; markup it does not know is left out.
enum PlainText {
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
                let name = rest.prefix(10).prefix { $0 != ";" }
                if rest.dropFirst(name.count).first == ";", let meant = entity(String(name)) {
                    text.append(meant)
                    rest = rest.dropFirst(name.count + 1)
                } else {
                    text.append("&")
                }
            default: text.append(scalar)
            }
        }
        return String(text)
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
