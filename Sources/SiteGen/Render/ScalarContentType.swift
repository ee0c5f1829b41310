import Mustache

/// Escaping by scalars in place of swift-mustache's own, which works on graphemes and lets a quote
/// through that a combining mark follows.
enum ScalarContentType: String, CaseIterable, MustacheContentType {
    case html = "TIDEMARK-HTML"
    case xml = "TIDEMARK-XML"

    func escapeText(_ text: String) -> String {
        switch self {
        case .html: MarkupEscaping.html(text)
        case .xml: MarkupEscaping.xml(text)
        }
    }

    /// The first bytes of every template.
    var pragma: String { "{{% CONTENT_TYPE:\(rawValue)}}" }

    /// Makes the pragmas known to swift-mustache, whose list of content types is global.
    static func register() {
        for type in allCases { MustacheContentTypes.register(type, named: type.rawValue) }
    }
}
