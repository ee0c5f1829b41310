import Archive

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

/// A list of sitemaps, where one would be too long.
struct SitemapIndexView: TemplateView {
    static let template = "sitemaps.xml"

    let maps: [Link]
}
