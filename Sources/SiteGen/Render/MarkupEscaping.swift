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
        // Most texts are plain ASCII: they are copied as they are.
        var text = text
        let isPlain = text.withUTF8 { buffer in
            guard buffer.allSatisfy({ plain[Int($0)] }) else { return false }
            bytes.append(contentsOf: buffer)
            return true
        }
        guard !isPlain else { return }
        for scalar in text.unicodeScalars {
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

    /// The bytes that are ASCII, allowed everywhere and special nowhere.
    private static let plain: [Bool] = (0...255).map { byte in
        (0x20..<0x7F).contains(byte) && !"&<>\"'{".utf8.contains(UInt8(byte))
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
