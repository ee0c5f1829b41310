import Output
import Text

/// The feed: the latest windows, newest first.
struct FeedView: TemplateView {
    static let template = "feed.xml"

    let title: String
    let home: Link
    let address: Link
    let description: String
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

    static let path = SiteLayout.feed

    /// - Parameters:
    ///   - address: The site's: links of a feed have to be whole.
    ///   - authority: Begins the name of every item (RFC 4151).
    ///   - contents: Renders a window's list as HTML.
    init(
        _ site: Site, at address: String, authority: String, contents: (FeedContentView) -> String
    ) {
        let (history, settings) = (site.history, site.settings)
        let linker = Linker(absolute: address)
        title = (history.isDemonstration ? "Demonstration data: " : "") + settings.title
        description = settings.description
        home = linker.to(.now)
        self.address = linker.file(Self.path)
        let windows = history.sources.indices.flatMap { index in
            history.sources[index].windows.suffix(History.feedLength).map { (index, $0) }
        }
        .filter { $0.1.wasRead }
        .sorted { ($1.1.row.slot, $0.0) < ($0.1.row.slot, $1.0) }
        .prefix(History.feedLength)
        // All of a slot at once, however long each was read.
        let ends = Dictionary(
            windows.map { ($1.row.slot, $1.row.end) }, uniquingKeysWith: { max($0, $1) })
        built = (windows.map(\.1.row.end).max() ?? history.last).httpDate
        items = windows.map { index, window in
            let row = window.row
            let leaders = window.entries.prefix(3).map {
                site.spelling(of: $0.row.tag).titled
            }
            return ItemView(
                title: (leaders.isEmpty ? "No hashtags" : leaders.joined(separator: ", "))
                    + " – \(site.shortMoment(row.slot)) UTC"
                    + (history.sources.count > 1 ? ", \(site.title(of: row.source))" : ""),
                link: linker.to(
                    .window(row.slot), anchor: Place.anchor(of: row.slot, source: index)),
                identifier: "tag:\(authority),\(row.slot.date):"
                    + "\(Wording.clock(row.slot))/\(PercentEncoding.encode(row.source))",
                published: (ends[row.slot] ?? row.end).httpDate,
                content: contents(
                    FeedContentView(
                        isDemonstration: history.isDemonstration,
                        source: site.title(of: row.source),
                        window: WindowView(window, site: site, linker: linker))))
        }
    }
}

extension FeedView {
    /// Who the items of a feed that was made before are said to be of; nil if there is none, or it is of a
    /// demonstration.
    static func authority(of feed: [UInt8]) -> String? {
        let feed = feed[...]
        guard feed.range(of: "<title>Demonstration data: ") == nil,
            let start = feed.range(of: "<guid isPermaLink=\"false\">tag:")
        else { return nil }
        let name = feed[start.upperBound...].prefix { $0 != UInt8(ascii: ",") }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }
}

/// The HTML inside a feed item.
struct FeedContentView: TemplateView {
    static let template = "feed-item"

    let isDemonstration: Bool
    let source: String
    let window: WindowView
}

extension Site {
    /// Nil if there is no feed.
    func feed(_ linker: Linker) -> Link? { authority.map { _ in linker.file(FeedView.path) } }
}
