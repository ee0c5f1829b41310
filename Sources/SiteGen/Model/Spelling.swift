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

    /// For text without markup, such as titles: in its own direction whatever stands around it
    /// (U+2068 FIRST STRONG ISOLATE to U+2069 POP DIRECTIONAL ISOLATE).
    var isolated: String { "\u{2068}#\(text)\u{2069}" }

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
