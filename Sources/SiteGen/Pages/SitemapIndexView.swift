/// A list of sitemaps, where one would be too long.
struct SitemapIndexView: TemplateView {
    static let template = "sitemaps.xml"

    let maps: [Link]
}
