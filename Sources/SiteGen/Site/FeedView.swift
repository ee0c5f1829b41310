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
    ///   - before: The feed that stands: an item that readers have keeps its title.
    ///   - contents: Renders a window's list as HTML.
    init(
        _ site: Site, at address: String, authority: String, before: [UInt8]? = nil,
        contents: (FeedContentView) -> String
    ) {
        let (history, settings) = (site.history, site.settings)
        let linker = Linker(absolute: address)
        title = (history.isDemonstration ? "Demonstration data: " : "") + settings.title
        description = settings.description
        home = linker.to(.now)
        self.address = linker.file(Self.path)
        let windows = history.sources.indices.filter { index in
            history.mergedSources.contains { $0.name == history.sources[index].name }
        }.flatMap { index in
            history.sources[index].windows.suffix(History.feedLength).map { (index, $0) }
        }
        .filter { $0.1.wasRead }
        .sorted { ($1.1.row.slot, $0.0) < ($0.1.row.slot, $1.0) }
        .prefix(History.feedLength)
        // All of a slot at once, however long each was read.
        let ends = Dictionary(
            windows.map { ($1.row.slot, $1.row.end) }, uniquingKeysWith: { max($0, $1) })
        built = (windows.map(\.1.row.end).max() ?? history.last).httpDate
        let known = before.map(Self.titles) ?? [:]
        items = windows.map { index, window in
            let row = window.row
            let identifier =
                "tag:\(authority),\(row.slot.date):"
                + "\(Wording.clock(row.slot))/\(PercentEncoding.encode(row.source))"
            let moment =
                " – \(site.shortMoment(row.slot)) UTC"
                + (history.mergedSources.count > 1 ? ", \(site.title(of: row.source))" : "")
            let old = Self.popular(window, site) + moment
            return ItemView(
                title: known[identifier] == MarkupEscaping.xml(old)
                    ? old : Self.finding(window, site) + moment,
                link: linker.to(
                    .window(row.slot), anchor: Place.anchor(of: row.slot, source: index)),
                identifier: identifier,
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
    /// What most people wrote: all that titles said once.
    private static func popular(_ window: RecordedWindow, _ site: Site) -> String {
        let leaders = window.entries.prefix(3).map { site.spelling(of: $0.row.tag).titled }
        return leaders.isEmpty ? "No hashtags" : leaders.joined(separator: ", ")
    }

    /// What is unusual, and why.
    private static func finding(_ window: RecordedWindow, _ site: Site) -> String {
        guard let story = site.stories(in: [window]).first else {
            let isUsual = window.trends != nil && !window.entries.isEmpty
            return (isUsual ? "A usual hour: " : "") + popular(window, site)
        }
        return site.spelling(of: story.lead.row.tag).titled + ": " + Wording.reason(story.lead)
    }

    /// The titles of a feed's items as they stand there, by what names each.
    private static func titles(of feed: [UInt8]) -> [String: String] {
        var titles: [String: String] = [:]
        var rest = feed[...]
        func text(_ start: StaticString, _ end: StaticString) -> String? {
            guard let from = rest.range(of: start)?.upperBound else { return nil }
            rest = rest[from...]
            guard let to = rest.range(of: end)?.lowerBound else { return nil }
            defer { rest = rest[to...] }
            return String(decoding: rest[..<to], as: UTF8.self)
        }
        while let title = text("<item>\n<title>", "</title>"),
            let name = text("<guid isPermaLink=\"false\">", "</guid>")
        {
            titles[name] = title
        }
        return titles
    }

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
