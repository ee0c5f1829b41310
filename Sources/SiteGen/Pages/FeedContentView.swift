/// The HTML inside a feed item.
struct FeedContentView: TemplateView {
    static let template = "feed-item"

    let isDemonstration: Bool
    let source: String
    let window: WindowView
}
