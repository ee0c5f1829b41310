import Text

/// The links in the HTML that Mastodon's API gives as a status's content.
enum Anchors {
    /// The addresses of all anchors in order, but those of mentions and hashtags.
    static func addresses(in html: String) -> [String] {
        var found: [String] = []
        var rest = Array(html.utf8)[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[open...].dropFirst()
            guard let name = rest.popFirst(), name | 0x20 == UInt8(ascii: "a"),
                rest.first.map(isSpace) == true
            else { continue }
            let attributes = attributes(&rest)
            let kinds = (attributes["class"] ?? "") + " " + (attributes["rel"] ?? "")
            let isOwn = kinds.utf8.split(whereSeparator: isSpace).contains { word in
                ["mention", "hashtag", "tag"].contains { word.elementsEqual($0.utf8) }
            }
            if !isOwn, let address = attributes["href"] {
                found.append(PlainText.of(html: address))
            }
        }
        return found
    }

    /// What stands in a tag up to its end, the first of each name.
    private static func attributes(_ rest: inout ArraySlice<UInt8>) -> [String: String] {
        var attributes: [String: String] = [:]
        while true {
            rest = rest.drop { isSpace($0) || $0 == UInt8(ascii: "/") }
            guard let first = rest.first, first != UInt8(ascii: ">") else { return attributes }
            let name = rest.prefix { !isSpace($0) && !"=>/".utf8.contains($0) }
            rest = rest[name.endIndex...].drop(while: isSpace)
            var value = rest.prefix(0)
            if rest.first == UInt8(ascii: "=") {
                rest = rest.dropFirst().drop(while: isSpace)
                if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
                {
                    value = rest.dropFirst().prefix { $0 != quote }
                    rest = rest[value.endIndex...].dropFirst()
                } else {
                    value = rest.prefix { !isSpace($0) && $0 != UInt8(ascii: ">") }
                    rest = rest[value.endIndex...]
                }
            } else if name.isEmpty {
                rest = rest.dropFirst()
            }
            let key = String(
                decoding: name.map { $0.isASCIILetter ? $0 | 0x20 : $0 }, as: UTF8.self)
            if attributes[key] == nil {
                attributes[key] = String(decoding: value, as: UTF8.self)
            }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
