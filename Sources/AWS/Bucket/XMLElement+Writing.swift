extension XMLElement {
    init(name: String, text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.text = text
        self.children = children
    }

    /// A document that S3 takes.
    var document: [UInt8] {
        Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
            + xml(attributes: #" xmlns="http://s3.amazonaws.com/doc/2006-03-01/""#)
    }

    private func xml(attributes: String = "") -> [UInt8] {
        let inside = children.isEmpty ? XMLText.escaped(text) : children.flatMap { $0.xml() }
        return Array("<\(name)\(attributes)>".utf8) + inside + Array("</\(name)>".utf8)
    }

    /// What is inside, for people: a line for each text, indented.
    var outline: String { children.map { $0.lines(indent: "") }.joined(separator: "\n") }

    private func lines(indent: String) -> String {
        if children.isEmpty { return "\(indent)\(name): \(text)" }
        return ([indent + name] + children.map { $0.lines(indent: indent + "  ") })
            .joined(separator: "\n")
    }
}
