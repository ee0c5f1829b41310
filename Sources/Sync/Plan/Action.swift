import Output
import Text

/// One thing to do to the bucket.
public struct Action: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        case upload(LocalFile)
        case delete
    }

    public var kind: Kind
    public var path: SitePath
    public var reason: Reason
    public var phase: Phase

    /// What goes over the line: 0 for a delete.
    public var byteCount: Int {
        if case .upload(let file) = kind { file.byteCount } else { 0 }
    }

    /// `upload  index.html  1234 bytes  changed content`
    public var description: String {
        let path = terminalSafe(path.text, limit: .max)
        return switch kind {
        case .upload: "upload  \(path)  \(quantity(byteCount, "byte"))  \(reason.rawValue)"
        case .delete: "delete  \(path)  \(reason.rawValue)"
        }
    }
}

/// Why something is done to an object.
public enum Reason: String, Sendable {
    case new
    case content = "changed content"
    case headers = "changed headers"
    /// A run died while it wrote the object, or nothing says what it is.
    case unknown = "unknown content"
    /// It is as it should be, and was asked for all the same.
    case forced
    case removed = "no longer in the site"
    /// No publish put it there.
    case foreign = "not of the site"
}

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
            case (SiteLayout.front, _): .front
            case (SiteLayout.sitemap, _), (SiteLayout.robots, _): .guides
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
