/// Text made safe for HTML and XML, scalar by scalar.
///
/// All that is special in markup is ASCII, so the work is done on UTF-8 bytes; a combining mark behind a
/// quote cannot hide it. `{` is escaped too: a brace pair in a page is then always a template's mistake.
enum MarkupEscaping {
    /// For HTML text and quoted attributes. Control characters, which HTML forbids, become U+FFFD.
    static func html(_ text: String) -> String {
        escaped(text, insteadOfForbidden: "\u{FFFD}")
    }

    /// For XML text and quoted attributes. What XML 1.0 forbids is left out.
    static func xml(_ text: String) -> String {
        escaped(text, insteadOfForbidden: nil)
    }

    private static func escaped(
        _ text: String, insteadOfForbidden substitute: Unicode.Scalar?
    ) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            case "{": result.append(contentsOf: "&#123;".unicodeScalars)
            default:
                if let kept = isAllowed(scalar) ? scalar : substitute { result.append(kept) }
            }
        }
        return String(result)
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
