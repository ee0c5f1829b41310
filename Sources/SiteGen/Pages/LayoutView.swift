/// The frame around every page.
struct LayoutView: TemplateView {
    static let template = "layout"

    let language: String
    let title: String
    let siteTitle: String
    let summary: String
    let version: String
    let isDemonstration: Bool
    let canonical: Link?
    let home: Link
    let feed: Link
    let about: Link
    let icon: Link
    let style: Link
    let styleIntegrity: String
    let menu: [MenuItemView]
    let scripts: [ScriptView]
    let body: Markup

    struct MenuItemView: View {
        let label: String
        let link: Link
        let isCurrent: Bool
    }

    struct ScriptView: View {
        let source: Link
        let integrity: String
    }
}

extension LayoutView {
    /// `place` is nil for the error page, which has no address of its own.
    init(
        _ page: some PageView, at place: Place?, body: Markup, site: Site, assets: SiteAssets,
        linker: Linker
    ) {
        let settings = site.settings
        language = settings.language
        siteTitle = settings.title
        isDemonstration = site.history.isDemonstration
        title =
            (isDemonstration ? "Demonstration data: " : "")
            + (place == .now ? settings.title : "\(page.title) – \(settings.title)")
        summary = page.summary
        version = settings.version
        canonical = place.flatMap { place in
            settings.url.map { Linker(absolute: $0).to(place) }
        }
        home = linker.to(.now)
        feed = linker.file("feed.xml")
        about = linker.to(.about)
        icon = linker.file(assets.icon.path)
        style = linker.file(assets.style.path)
        styleIntegrity = assets.style.integrity
        let entries: [(String, Place)] = [
            ("Now", .now), ("Days", .year(site.history.last.date.year)), ("Tags", .tags),
            ("Data", .data), ("About", .about),
        ]
        menu = entries.map { label, target in
            MenuItemView(
                label: label, link: linker.to(target),
                isCurrent: place.map { target.holds($0) } ?? false)
        }
        scripts =
            page.hasCharts
            ? [assets.chart, assets.script].map {
                ScriptView(source: linker.file($0.path), integrity: $0.integrity)
            } : []
        self.body = body
    }
}

extension Place {
    /// True for the page itself and those the menu shows it for.
    fileprivate func holds(_ place: Place) -> Bool {
        switch (self, place) {
        case (.year, .year), (.year, .month), (.year, .day), (.year, .week), (.year, .window),
            (.tags, .tag):
            true
        default: self == place
        }
    }
}
