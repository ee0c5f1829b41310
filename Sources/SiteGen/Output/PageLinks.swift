/// What a page points to and what can be pointed to in it.
///
/// Reads the quoted `href`, `src` and `id` attributes of HTML that our templates made; escaped text holds
/// no quote and no `<`, so nothing else can look like one.
struct PageLinks {
    private(set) var targets: [String] = []
    private(set) var anchors: Set<ExactText> = []
    private(set) var repeatedAnchors: [String] = []

    init(html: [UInt8]) {
        var rest = html[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(open + 1)...]
            guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return }
            let tag = rest[..<close]
            // The text of a data block holds no `<` of its own: JSON islands escape it.
            for start in [tag.range(of: " href=\""), tag.range(of: " src=\"")] {
                if let start { targets.append(Self.value(at: start, in: tag)) }
            }
            if let id = tag.range(of: " id=\"").map({ Self.value(at: $0, in: tag) }),
                !anchors.insert(ExactText(id)).inserted
            {
                repeatedAnchors.append(id)
            }
            rest = rest[close...]
        }
    }

    /// The quoted text behind the `="` of an attribute.
    private static func value(at start: Range<Int>, in tag: ArraySlice<UInt8>) -> String {
        let value = tag[start.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
        return String(decoding: value, as: UTF8.self)
    }
}
