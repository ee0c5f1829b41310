import Text

/// The feed: the latest windows, newest first.
struct FeedView: TemplateView {
    static let template = "feed.xml"

    /// More would make every poll dearer and no reader wiser.
    static let length = 40

    let title: String
    let home: Link
    /// Nil without a site URL: the element must name the feed's real address.
    let address: Link?
    let description: String
    let language: String
    let built: String
    let items: [ItemView]

    struct ItemView: View {
        let title: String
        let link: Link
        let identifier: String
        let published: String
        /// HTML, which the feed escapes once more.
        let content: String
    }

    /// `contents` renders a window's list as HTML.
    init(_ site: Site, contents: (FeedContentView) -> String) {
        let (history, settings) = (site.history, site.settings)
        let linker = Linker(absolute: settings.url)
        title = (history.isDemonstration ? "Demonstration data: " : "") + settings.title
        description = settings.description
        language = settings.language
        home = linker.to(.now)
        address = settings.url == nil ? nil : linker.file("feed.xml")
        let authority = Self.host(of: settings.url) ?? "localhost"
        let windows = history.sources.indices.flatMap { index in
            history.sources[index].windows.suffix(Self.length).map { (index, $0) }
        }
        .filter { $0.1.wasRead }
        .sorted { ($1.1.row.slot, $0.0) < ($0.1.row.slot, $1.0) }
        .prefix(Self.length)
        built = (windows.map(\.1.row.end).max() ?? history.last).httpDate
        items = windows.map { index, window in
            let row = window.row
            let leaders = window.entries.prefix(3).map {
                Spelling($0.row.spelling, key: $0.row.tag).isolated
            }
            return ItemView(
                title: (leaders.isEmpty ? "No hashtags" : leaders.joined(separator: ", "))
                    + " – \(Wording.shortMoment(row.slot)) UTC"
                    + (history.sources.count > 1 ? ", \(row.source)" : ""),
                link: linker.to(.window(row.slot)),
                identifier: "tag:\(authority),\(row.slot.date):"
                    + "\(Wording.clock(row.slot))/\(PercentEncoding.encode(row.source))",
                published: row.end.httpDate,
                content: contents(
                    FeedContentView(
                        isDemonstration: history.isDemonstration, source: row.source,
                        window: WindowView(window, site: site, linker: linker))))
        }
    }

    /// The host of a URL, without port or user.
    private static func host(of url: String?) -> String? {
        guard let url, let scheme = url.firstRange(of: "://") else { return nil }
        let host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" }
        return host.isEmpty ? nil : String(host)
    }
}

/// The HTML inside a feed item.
struct FeedContentView: TemplateView {
    static let template = "feed-item"

    let isDemonstration: Bool
    let source: String
    let window: WindowView
}
