import Folding

/// A hashtag as readers see it: composed, and without the marks that turn the direction of the text around
/// it.
struct Spelling: Hashable, Sendable {
    /// Without the `#`; never empty.
    let text: String

    init(_ spelling: String, key: String) {
        let shown = Self.withoutControls(spelling)
        let fallback = shown.isEmpty ? Self.withoutControls(key) : shown
        text = fallback.isEmpty ? "\u{FFFD}" : Composition.nfc(fallback)
    }

    /// For titles, which show no marks: `#art`.
    var titled: String { "#" + text }

    /// For text without markup that is drawn among others, such as labels of charts: one of a script that runs from right
    /// to left keeps its own direction (U+2068 FIRST STRONG ISOLATE to U+2069 POP DIRECTIONAL ISOLATE).
    var isolated: String {
        text.unicodeScalars.contains(where: Self.isRightToLeft)
            ? "\u{2068}#\(text)\u{2069}" : titled
    }

    /// The blocks of right-to-left scripts (Unicode, "Roadmap to the BMP" and "to the SMP").
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF,
            0x1E800...0x1EFFF:
            true
        default: false
        }
    }

    private static func withoutControls(_ text: String) -> String {
        // Most texts are ASCII without any.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var scalars = text.unicodeScalars
        scalars.removeAll {
            $0.properties.isBidiControl || $0.properties.generalCategory == .control
        }
        return String(scalars)
    }
}
