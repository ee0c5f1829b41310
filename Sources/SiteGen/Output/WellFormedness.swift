import CLibXML2

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
