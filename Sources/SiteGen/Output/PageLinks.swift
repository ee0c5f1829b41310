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
            for name in ["href", "src"] {
                if let value = Self.attribute(name, in: tag) { targets.append(value) }
            }
            if let id = Self.attribute("id", in: tag), !anchors.insert(ExactText(id)).inserted {
                repeatedAnchors.append(id)
            }
            rest = rest[close...]
        }
    }

    private static func attribute(_ name: String, in tag: ArraySlice<UInt8>) -> String? {
        guard let start = tag.firstRange(of: Array(" \(name)=\"".utf8)) else { return nil }
        let value = tag[start.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
        return String(decoding: value, as: UTF8.self)
    }
}
