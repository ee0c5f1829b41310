/// Looks over a staged site before it takes the place of the old one.
///
/// Every XML file parses, every link, asset and anchor within the site leads somewhere, no file is empty, and no
/// template tag was left standing.
struct SiteCheck {
    let folder: String
    /// The path part of the site's URL, with slashes at both ends.
    let prefix: String
    private let files: Set<ExactText>
    private var pages: [ExactText: PageLinks] = [:]
    private(set) var faults: [SiteFault] = []

    init(folder: String, files: [ExactText], prefix: String) throws(SiteError) {
        self.folder = folder
        self.files = Set(files)
        self.prefix = prefix
        for file in files { try read(file.text) }
        for (page, links) in pages.sorted(by: { $0.key < $1.key }) {
            for target in links.targets { check(target, on: page.text) }
        }
    }

    private mutating func read(_ file: String) throws(SiteError) {
        let bytes = try SiteFiles.read(folder + "/" + file)
        if bytes.isEmpty { fault(file, "is empty") }
        let isPage = file.hasSuffix(".html")
        let isXML = file.hasSuffix(".xml") || file.hasSuffix(".svg")
        if isXML, let reason = WellFormedness.fault(in: bytes) { fault(file, reason) }
        if isPage || isXML, bytes[...].range(of: "{{") != nil {
            fault(file, "holds a template tag that was not filled in")
        }
        guard isPage else { return }
        let links = PageLinks(html: bytes)
        for anchor in links.repeatedAnchors { fault(file, "has the id \(anchor) twice") }
        pages[ExactText(file)] = links
    }

    private mutating func check(_ target: String, on page: String) {
        if target.hasPrefix("https://") || target.hasPrefix("http://") { return }
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "")
        guard let file = path.isEmpty ? page : file(path, from: page) else {
            return fault(page, "links to \(target), which leads out of the site")
        }
        guard files.contains(ExactText(file)) else {
            return fault(page, "links to \(target), and there is no \(file)")
        }
        guard parts.count == 2 else { return }
        if pages[ExactText(file)]?.anchors.contains(ExactText(String(parts[1]))) != true {
            fault(page, "links to \(target), and \(file) has no such anchor")
        }
    }

    /// The file that a relative or root-relative link on a page leads to; nil if it leaves the site.
    private func file(_ path: String, from page: String) -> String? {
        var segments: [Substring] = []
        var rest = path[...]
        if path.hasPrefix("/") {
            guard path.hasPrefix(prefix) else { return nil }
            rest = path.dropFirst(prefix.count)
        } else {
            segments = page.split(separator: "/").dropLast()
        }
        let isFolder = rest.isEmpty || rest.hasSuffix("/")
        for segment in rest.split(separator: "/") where segment != "." {
            if segment != ".." {
                segments.append(segment)
            } else if segments.popLast() == nil {
                return nil
            }
        }
        guard let bytes = PathEncoding.decoded(segments.joined(separator: "/").utf8) else {
            return nil
        }
        let joined = String(decoding: bytes, as: UTF8.self)
        return isFolder ? (joined.isEmpty ? "" : joined + "/") + "index.html" : joined
    }

    private mutating func fault(_ file: String, _ reason: String) {
        faults.append(SiteFault(file: file, reason: reason))
    }
}
