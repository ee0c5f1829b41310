/// The addresses of all pages, for search engines.
struct SitemapView: TemplateView {
    static let template = "sitemap.xml"

    let pages: [PageLinkView]

    struct PageLinkView: View {
        let address: Link
        /// The day of the latest window on it.
        let changed: String
    }
}
