import Glibc
import Output
import Text

/// What a page points to and what can be pointed to in it.
///
/// Reads the quoted `href`, `src` and `id` attributes of HTML that our templates made; escaped text holds
/// no quote and no `<`, so nothing else can look like one.
struct PageLinks {
    /// Each once, in their order.
    private(set) var targets: [String] = []
    private(set) var anchors: Set<ExactText> = []
    private(set) var repeatedAnchors: [String] = []
    private var known: Set<ExactText> = []

    init(html: [UInt8]) {
        html.withUnsafeBytes { page in
            var rest = page[...]
            // The text of a data block holds no `<` of its own: JSON islands escape it.
            while let open = rest.place(of: "<") {
                rest = rest[(open + 1)...]
                guard let close = rest.place(of: ">") else { return }
                read(rest[..<close])
                rest = rest[close...]
            }
        }
    }

    private mutating func read(_ tag: Slice<UnsafeRawBufferPointer>) {
        var rest = tag
        while let open = rest.place(of: "\"") {
            let name = rest[..<open]
            rest = rest[(open + 1)...]
            let close = rest.place(of: "\"") ?? rest.endIndex
            let value = rest[..<close]
            rest = rest[close...].dropFirst()
            if name.hasEnding(" href=") || name.hasEnding(" src=") {
                let target = ExactText(String(decoding: value, as: UTF8.self))
                if known.insert(target).inserted { targets.append(target.text) }
            } else if name.hasEnding(" id=") {
                let id = ExactText(String(decoding: value, as: UTF8.self))
                if !anchors.insert(id).inserted { repeatedAnchors.append(id.text) }
            }
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// Of the first such byte.
    fileprivate func place(of scalar: Unicode.Scalar) -> Int? {
        guard let start = base.baseAddress,
            let found = memchr(start + startIndex, Int32(scalar.value), count)
        else { return nil }
        return start.distance(to: found)
    }
}

/// Where a link within the site leads.
struct SiteLink: Hashable {
    /// Relative to the site's root.
    let file: String
    let anchor: String?

    /// Nil if it leaves the site. `page` is the file it stands on, `prefix` the path of the site's root.
    init?(_ target: String, on page: String, prefix: String) {
        guard !Self.leadsAway(target) else { return nil }
        let bytes = Array(target.utf8)
        let hash = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
        anchor = hash == bytes.count ? nil : String(decoding: bytes[(hash + 1)...], as: UTF8.self)
        var rest = bytes[..<hash]
        guard !rest.isEmpty else {
            file = page
            return
        }
        // The folder of the page, and then what the link says.
        var path: [UInt8] = []
        if rest.first == UInt8(ascii: "/") {
            guard rest.starts(with: prefix.utf8) else { return nil }
            rest = rest.dropFirst(prefix.utf8.count)
        } else {
            path = Array(page.utf8)
            path.removeLast(path.count - ((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1))
        }
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            let segment = rest[..<end]
            let isFolder = end < rest.endIndex
            rest = rest[(isFolder ? end + 1 : end)...]
            if segment.elementsEqual("..".utf8) {
                guard !path.isEmpty else { return nil }
                path.removeLast()
                path.removeLast(path.count - ((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1))
            } else if !segment.isEmpty, !segment.elementsEqual(".".utf8) {
                if segment.contains(UInt8(ascii: "%")) {
                    guard let decoded = PercentEncoding.decode(segment) else { return nil }
                    path += decoded
                } else {
                    path += segment
                }
                if isFolder { path.append(UInt8(ascii: "/")) }
            }
        }
        if path.isEmpty || path.last == UInt8(ascii: "/") { path += SiteLayout.front.utf8 }
        file = String(decoding: path, as: UTF8.self)
    }

    /// Whether it leads to another site.
    static func leadsAway(_ target: String) -> Bool {
        ["https://", "http://", "mailto:"].contains { target.utf8.starts(with: $0.utf8) }
    }
}
