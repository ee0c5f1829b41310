import CLibXML2
import Text

/// XML as services send and take it: names without namespace, text as it stands, no attributes.
///
/// Reading is safe for bytes from outside: bounded, no entity of the document's own, no document type, nothing
/// fetched.
struct XMLElement: Hashable, Sendable {
    var name: String
    /// All character data directly inside.
    var text: String
    var children: [XMLElement]

    /// Nil if the bytes are not one well-formed document of at most `byteLimit` bytes.
    init?(_ bytes: [UInt8], byteLimit: Int = 8 << 20) {
        guard bytes.count <= byteLimit, bytes[...].range(of: "<!DOCTYPE") == nil,
            Self.isSetUp
        else { return nil }
        // Whatever encoding the document claims, it is read as UTF-8, in which the search has
        // looked. NONET, and errors only by the result; never NOENT, which would put entities in.
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let document = bytes.withUnsafeBytes { buffer in
            xmlReadMemory(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil,
                "UTF-8", Int32(options))
        }
        guard let document else { return nil }
        defer { xmlFreeDoc(document) }
        guard document.pointee.intSubset == nil, let root = xmlDocGetRootElement(document) else {
            return nil
        }
        self.init(root)
    }

    /// Depth is bounded by the parser, at 256.
    private init(_ node: xmlNodePtr) {
        name = node.pointee.name.map { String(cString: $0) } ?? ""
        text = ""
        children = []
        var next = node.pointee.children
        while let child = next {
            switch child.pointee.type {
            case XML_ELEMENT_NODE: children.append(XMLElement(child))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                text += child.pointee.content.map { String(cString: $0) } ?? ""
            default: break
            }
            next = child.pointee.next
        }
    }

    /// The first child of that name; setting puts another in its place, if it is there.
    subscript(name: String) -> XMLElement? {
        get { children.first { $0.name == name } }
        set {
            guard let newValue, let place = children.firstIndex(where: { $0.name == name }) else {
                return
            }
            children[place] = newValue
        }
    }

    init(name: String, text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.text = text
        self.children = children
    }

    /// The element as a document.
    func document(namespace: String) -> [UInt8] {
        var document = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        write(to: &document, attributes: #" xmlns="\#(namespace)""#)
        return document
    }

    private func write(to document: inout [UInt8], attributes: String = "") {
        document += "<\(name)\(attributes)>".utf8
        if children.isEmpty { document += MarkupText.escaped(text) }
        for child in children { child.write(to: &document) }
        document += "</\(name)>".utf8
    }

    private static let isSetUp: Bool = {
        xmlInitParser()
        return true
    }()
}
