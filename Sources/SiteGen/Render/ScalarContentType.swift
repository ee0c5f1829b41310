/// What a template makes, and so how the values in it are escaped.
enum ScalarContentType: String, CaseIterable, Sendable {
    case html = "TIDEMARK-HTML"
    case xml = "TIDEMARK-XML"

    /// The first bytes of every template.
    var pragma: String { "{{% CONTENT_TYPE:\(rawValue)}}" }
}
