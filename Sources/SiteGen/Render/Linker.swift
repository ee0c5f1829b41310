import Text

/// Makes the links of one page; all but absolute ones work under any prefix.
struct Linker: Sendable {
    /// What stands before a path from the site's root: empty, `../../`, `/now/` or `https://…/`.
    private let root: String

    /// For a page that lies that many folders deep.
    init(depth: Int) { root = String(repeating: "../", count: depth) }

    /// For pages that are shown at any address, and for feeds. Without a URL, from the host's root.
    init(pathOf url: String?) {
        guard let url, let scheme = url.firstRange(of: "://") else {
            root = "/"
            return
        }
        let path = url[scheme.upperBound...].drop { $0 != "/" }
        root = path.hasSuffix("/") ? String(path) : path + "/"
    }

    /// For feeds and maps; relative to the root if there is no URL.
    init(absolute url: String?) {
        root = url.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
    }

    /// A page by the folders of its clean URL; none for the front page.
    func page(_ segments: [String], anchor: String? = nil) -> Link {
        let path = segments.map { PercentEncoding.encode($0) + "/" }.joined()
        let place = root + path
        return Link((place.isEmpty ? "./" : place) + (anchor.map { "#" + $0 } ?? ""))
    }

    /// A file by its path.
    func file(_ path: String) -> Link {
        Link(
            root
                + path.split(separator: "/").map { PercentEncoding.encode(String($0)) }
                .joined(separator: "/"))
    }
}
