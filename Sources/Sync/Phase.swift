/// The steps of a publish; each is over before the next begins, so that nothing is there before what
/// it leads to.
public enum Phase: Int, Comparable, CaseIterable, Sendable {
    /// Styles, scripts, pictures and data, which lead nowhere.
    case assets
    /// Pages and feeds the bucket does not have: nothing leads to them yet.
    case newPages
    /// Pages it has, which may lead to the new ones.
    case pages
    /// Feeds and lists it has, which lead to pages.
    case feeds
    /// The front page: where readers come in, and on the first publish what opens the site.
    case front
    /// What crawlers come in by: the sitemap, and the file that names it.
    case guides
    case deletes

    public static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }

    /// Of an upload; `isThere` if the bucket surely has such an object.
    init(path: SitePath, isThere: Bool) {
        let leads = [".html", ".xml", ".json"].first { path.text.hasSuffix($0) }
        self =
            switch (path.text, leads) {
            case ("index.html", _): .front
            case ("sitemap.xml", _), ("robots.txt", _): .guides
            case (_, nil): .assets
            case (_, _) where !isThere: .newPages
            case (_, ".html"): .pages
            default: .feeds
            }
    }
}

extension Phase: CustomStringConvertible {
    public var description: String {
        switch self {
        case .assets: "assets"
        case .newPages: "new pages"
        case .pages: "pages"
        case .feeds: "feeds"
        case .front: "front"
        case .guides: "guides"
        case .deletes: "deletes"
        }
    }
}
