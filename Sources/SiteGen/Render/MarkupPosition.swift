/// Where in HTML or XML the next byte stands: enough to tell which kinds of values may stand there.
///
/// Follows a template's own text, which is well-formed and plain; values never move the position.
struct MarkupPosition: Hashable, Sendable {
    enum Place: Hashable, Sendable {
        case text
        case comment
        /// In a tag, outside of a quoted value.
        case tag
        case attribute(name: String, quote: UInt8)
        /// In a script element of JSON, which is never run.
        case island
        /// In any other script, or in a style element.
        case code
    }

    private(set) var place = Place.text
    /// The tag from its `<` on, or in raw text the last bytes.
    private var seen: [UInt8] = []

    mutating func advance(over text: [UInt8]) {
        for byte in text { advance(byte) }
    }

    private mutating func advance(_ byte: UInt8) {
        seen.append(byte)
        switch place {
        case .text:
            if byte == UInt8(ascii: "<") {
                seen = [byte]
                place = .tag
            }
        case .tag:
            if seen == Array("<!--".utf8) {
                place = .comment
            } else if byte == UInt8(ascii: ">") {
                leaveTag()
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
                seen.dropLast().last == UInt8(ascii: "=")
            {
                place = .attribute(name: attributeName(), quote: byte)
            }
        case .attribute(_, let quote): if byte == quote { place = .tag }
        case .comment: if seen.suffix(3) == Array("-->".utf8)[...] { leave() }
        case .island, .code:
            let end = lowercased(seen.suffix(9))
            if end.hasSuffix("</script>") || end.hasSuffix("</style>") { leave() }
        }
    }

    private mutating func leave() {
        place = .text
        seen = []
    }

    private mutating func leaveTag() {
        let tag = lowercased(seen[...])
        leave()
        if tag.hasPrefix("<style") { place = .code }
        if tag.hasPrefix("<script") {
            place =
                ["json", "ld+json"].contains { tag.contains("type=\"application/\($0)\"") }
                ? .island : .code
        }
    }

    /// The word before the `="` just read.
    private func attributeName() -> String {
        let name = seen.dropLast(2).reversed().prefix {
            $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\t")
        }
        return lowercased(Array(name.reversed())[...])
    }

    private func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
    }
}
