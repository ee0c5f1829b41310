import CLibXML2
import Tasks
import Text

/// Looks over the new files of a site before they take the place of the old ones.
///
/// Every XML file parses, every link, asset and anchor within the site leads somewhere, no file is empty, and no
/// template tag was left standing.
struct SiteCheck: Sendable {
    /// The path part of the site's URL, with slashes at both ends.
    let prefix: String
    /// Whether the new site has a file of that path.
    let isFile: @Sendable (String) -> Bool

    /// What is wrong with a file, and which anchors of other files it leads to.
    struct Result: Sendable {
        var faults: [SiteFault] = []
        var anchors: [Anchor] = []
    }

    /// A link to a place in another page.
    struct Anchor: Hashable, Sendable {
        let page: String
        let target: String
        let file: ExactText
        let anchor: ExactText
    }

    func look(at path: String, _ bytes: [UInt8]) -> Result {
        var result = Result()
        func fault(_ reason: String) {
            result.faults.append(SiteFault(file: path, reason: reason))
        }
        if bytes.isEmpty { fault("is empty") }
        let isPage = path.utf8.hasEnding(".html")
        let isXML = path.utf8.hasEnding(".xml") || path.utf8.hasEnding(".svg")
        if isXML, let reason = WellFormedness.fault(in: bytes) { fault(reason) }
        if isPage || isXML, bytes[...].range(of: "{{") != nil {
            fault("holds a template tag that was not filled in")
        }
        guard isPage else { return result }
        let links = PageLinks(html: bytes)
        for anchor in links.repeatedAnchors { fault("has the id \(anchor) twice") }
        for target in links.targets {
            guard let link = SiteLink(target, on: path, prefix: prefix) else {
                if !SiteLink.leadsAway(target) {
                    fault("links to \(target), which leads out of the site")
                }
                continue
            }
            if link.file != path, !isFile(link.file) {
                fault("links to \(target), and there is no \(link.file)")
            } else if let anchor = link.anchor.map(ExactText.init) {
                if link.file != path {
                    let file = ExactText(link.file)
                    result.anchors.append(
                        Anchor(page: path, target: target, file: file, anchor: anchor))
                } else if !links.anchors.contains(anchor) {
                    fault("links to \(target), and \(link.file) has no such anchor")
                }
            }
        }
        return result
    }

    /// The links that lead to an anchor which is not there; `bytes` gives the content of a page.
    static func faults(
        of anchors: [Anchor], bytes: @Sendable (String) throws(SiteError) -> [UInt8]
    ) throws(SiteError) -> [SiteFault] {
        let pages = Dictionary(grouping: anchors, by: \.file).sorted { $0.key < $1.key }
        return try Parallel.map(pages.count) { (number) throws(SiteError) in
            let (file, links) = pages[number]
            let known = PageLinks(html: try bytes(file.text)).anchors
            return links.filter { !known.contains($0.anchor) }.map { link in
                SiteFault(
                    file: link.page,
                    reason: "links to \(link.target), and \(file.text) has no such anchor")
            }
        }.flatMap(\.self)
    }
}

extension BidirectionalCollection<UInt8> {
    func hasEnding(_ ending: StaticString) -> Bool {
        ending.withUTF8Buffer { suffix($0.count).elementsEqual($0) }
    }
}

/// Whether libxml2 takes a text for XML.
enum WellFormedness {
    /// What is wrong with it and in which line; nil if nothing is.
    static func fault(in xml: [UInt8]) -> String? {
        // Our own XML has none; with none, entities cannot be declared either.
        if xml[...].range(of: "<!DOCTYPE") != nil { return "has a document type" }
        guard let context = xmlNewParserCtxt() else { return "cannot be checked: out of memory" }
        defer { xmlFreeParserCtxt(context) }
        let options = Int32(
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let document = xml.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                xmlCtxtReadMemory(context, $0.baseAddress, Int32($0.count), nil, "UTF-8", options)
            }
        }
        guard let document else {
            guard let error = xmlCtxtGetLastError(context) else { return "is not XML" }
            let message = error.pointee.message.map { String(cString: $0) } ?? "is not XML"
            return "line \(error.pointee.line): \(message.filter { $0 != "\n" })"
        }
        xmlFreeDoc(document)
        return nil
    }
}
