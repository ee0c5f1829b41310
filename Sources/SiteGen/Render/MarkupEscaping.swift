import Text

/// Text made safe for HTML and XML, scalar by scalar.
///
/// All that is special in markup is ASCII, so the work is done on UTF-8 bytes; a combining mark behind a
/// quote cannot hide it. `{` is escaped too: a brace pair in a page is then always a template's mistake.
enum MarkupEscaping {
    /// For HTML text and quoted attributes. Control characters, which HTML forbids, become U+FFFD.
    static func html(_ text: String) -> String { escaped(text, as: .html) }

    /// For XML text and quoted attributes. What XML 1.0 forbids is left out.
    static func xml(_ text: String) -> String { escaped(text, as: .xml) }

    /// Appends the text as it stands in the markup of a type.
    static func append(_ text: String, as type: ScalarContentType, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, as: type, to: &bytes) }
    }

    /// The same of a text in UTF-8.
    static func append(
        _ text: UnsafeBufferPointer<UInt8>, as type: ScalarContentType, to bytes: inout [UInt8]
    ) {
        // Most texts are copied as they are.
        if text.allSatisfy({ plain[Int($0)] }) {
            bytes.append(contentsOf: text)
            return
        }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if scalar == "{" {
                bytes += "&#123;".utf8
            } else if scalar.isASCII, let reference = MarkupText.reference(UInt8(scalar.value)) {
                reference.withUTF8Buffer { bytes.append(contentsOf: $0) }
            } else if isAllowed(scalar) {
                bytes += UTF8.encode(scalar).unsafelyUnwrapped
            } else if type == .html {
                bytes += "\u{FFFD}".utf8
            }
        }
    }

    private static func escaped(_ text: String, as type: ScalarContentType) -> String {
        var bytes: [UInt8] = []
        append(text, as: type, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes of scalars that are allowed everywhere and special nowhere. Those that begin with 0xC2, 0xEF or 0xF0
    /// and more may be controls or none.
    private static let plain: [Bool] = (0...255).map { byte in
        switch UInt8(byte) {
        case 0x20..<0x7F: !"&<>\"'{".utf8.contains(UInt8(byte))
        case 0x80...0xBF, 0xC3...0xEE: true
        default: false
        }
    }

    /// HTML, "preprocessing the input stream", is the stricter: no control but TAB and LF, no
    /// noncharacter. XML 1.0 §2.2 allows a few more.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: true
        case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}

/// What a template makes, and so how the values in it are escaped.
enum ScalarContentType: String, CaseIterable, Sendable {
    case html = "TIDEMARK-HTML"
    case xml = "TIDEMARK-XML"

    /// The first bytes of every template.
    var pragma: String { "{{% CONTENT_TYPE:\(rawValue)}}" }
}
