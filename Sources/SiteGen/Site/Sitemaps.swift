import Calendar
import Output

/// The addresses of all pages for search engines: a map for each month, with its days and the hashtags that came up in
/// them. The days that are over alone, so that maps change once a day, and none of them ever again when its month is
/// over. Addresses of a map have to be whole: where nobody knows the site's, there is none.
struct Sitemaps: Sendable {
    let site: Site
    let letters: LetterIndex
    let library: TemplateLibrary

    func files(_ change: Change) -> [SiteFile] {
        var robots = "User-agent: *\nAllow: /\n"
        guard let address = site.settings.url else { return [Self.file(robots)] }
        let months = site.days.months.filter { $0 <= lastDay }
        let changed = months.filter {
            change.reaches($0.lastOfMonth) || $0.lastOfMonth >= lastKnown(before: change)
        }
        let absolute = Linker(absolute: address)
        let index = SitemapIndexView(
            maps: [Self.pagesMap].map(absolute.file)
                + months.map { absolute.file(Self.path(of: $0)) })
        robots += "Sitemap: \(absolute.file(SiteLayout.sitemap).target)\n"
        return changed.map { month in
            SiteFile(path: Self.path(of: month)) { () throws(SiteError) in
                library.render(SitemapView(pages: pages(of: month)))
            }
        } + [
            SiteFile(path: Self.pagesMap) { () throws(SiteError) in
                library.render(SitemapView(pages: entrances))
            },
            SiteFile(path: SiteLayout.sitemap) { () throws(SiteError) in library.render(index) },
            Self.file(robots),
        ]
    }

    private static func file(_ robots: String) -> SiteFile {
        let bytes = Array(robots.utf8)
        return SiteFile(path: SiteLayout.robots) { () throws(SiteError) in bytes }
    }

    /// The last day that is over.
    private var lastDay: CivilDate { site.days.lastOver }

    /// The day that was not over yet when the windows of a change came.
    private func lastKnown(before change: Change) -> CivilDate {
        let slots = site.history.slots
        let first = change.firstDay.map { day in slots.partitioningIndex { $0 >= Timestamp(day) } }
        return first.flatMap { $0 > 0 ? slots[$0 - 1].date : nil } ?? site.history.first.date
    }

    private static let pagesMap = "sitemap-pages.xml"

    private static func path(of month: CivilDate) -> String {
        "sitemap-\(month.description.prefix(7)).xml"
    }

    private var entrances: [SitemapView.PageLinkView] {
        let history = site.history
        let years = history.first.date.year...history.last.date.year
        let places: [Place] =
            [.now, .archive, .tags, .about, .status, .data] + years.map(Place.year)
            + history.sources.map { .source(name: $0.name) }
            + (site.hasAll ? [.source(name: SiteLayout.all)] : [])
            + letters.roots.flatMap(\.all).map { .letters(name: $0.name) }
        return places.map { link($0, changed: history.last.date) }
    }

    private func pages(of month: CivilDate) -> [SitemapView.PageLinkView] {
        let history = site.history
        let end = Timestamp(min(month.lastOfMonth, lastDay).advanced(by: 1))
        let days = month.daysOfMonth.filter { $0 >= history.first.date && $0 <= lastDay }
        let last = days.last ?? month
        let weeks = Set(days.map(CalendarWeek.init(of:)))
            .filter { $0.monday >= month || $0.monday < history.first.date }.sorted()
        let slots = history.slots
        let windows = slots[slots.partitioningIndex { $0 >= Timestamp(month) }...]
            .prefix { $0 < end }
        return [link(.month(month), changed: last)]
            + weeks.map { link(.week($0), changed: min($0.sunday, last)) }
            + days.map { link(.day($0), changed: $0) }
            + windows.map { link(.window($0), changed: $0.date) }
            + tags(from: Timestamp(month), to: end)
    }

    /// The hashtags that were listed for the first time in a stretch of time. When they were last is not said: maps of
    /// months long over would change with every list.
    private func tags(from start: Timestamp, to end: Timestamp) -> [SitemapView.PageLinkView] {
        let tables = site.history.index.tables
        let (rows, windows) = (tables.rows, tables.windows)
        let span = start.secondsSinceEpoch..<end.secondsSinceEpoch
        return tables.tags.lazy.filter {
            span.contains(windows[Int(rows[Int($0.firstRow)].window)].slot)
        }.map { link(.tag(slug: site.slug(of: tables.texts[$0.key])), changed: nil) }
    }

    private func link(_ place: Place, changed: CivilDate?) -> SitemapView.PageLinkView {
        SitemapView.PageLinkView(
            address: Linker(absolute: site.settings.url).to(place), changed: changed?.description)
    }
}

/// The addresses of all pages, for search engines.
struct SitemapView: TemplateView {
    static let template = "sitemap.xml"

    let pages: [PageLinkView]

    struct PageLinkView: View {
        let address: Link
        /// The day of the latest window on it; nil where that is not said.
        let changed: String?
    }
}

/// A list of sitemaps, where one would be too long.
struct SitemapIndexView: TemplateView {
    static let template = "sitemaps.xml"

    let maps: [Link]
}
