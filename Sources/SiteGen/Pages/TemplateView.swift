/// A view with a template of its own.
protocol TemplateView: View {
    static var template: String { get }
}

/// A view that fills the layout of a page.
protocol PageView: TemplateView {
    var title: String { get }
    /// One sentence, for search engines and link previews.
    var summary: String { get }
    var hasCharts: Bool { get }
}

extension PageView {
    var hasCharts: Bool { false }
}
