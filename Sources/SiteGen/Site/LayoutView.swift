/// Renders one page: its view in its template, and that in the layout.
struct PageWriter {
    let site: Site
    let library: TemplateLibrary
    let assets: SiteAssets

    func page(_ place: Place, _ view: (Linker) -> any PageView) -> [UInt8] {
        let linker = Linker(depth: place.segments.count)
        return page(view(linker), at: place, linker)
    }

    /// It is shown at any address, so its links do not depend on where it is.
    var missingPage: [UInt8] {
        let linker = Linker(pathOf: site.settings.url)
        return page(MissingView(linker), at: nil, linker)
    }

    private func page(_ view: some PageView, at place: Place?, _ linker: Linker) -> [UInt8] {
        let layout = LayoutView(
            view, at: place, body: Markup(library.render(view)), site: site, assets: assets,
            linker: linker)
        return library.render(layout)
    }
}

/// The frame around every page.
struct LayoutView: TemplateView {
    static let template = "layout"

    let language: String
    let title: String
    let siteTitle: String
    let summary: String
    let version: String
    /// What the operator says about the site.
    let description: String
    let isDemonstration: Bool
    let canonical: Link?
    let home: Link
    /// Nil if there is none.
    let feed: Link?
    let about: Link
    let status: Link
    let icon: Link
    let iconImage: Link
    let theme: Link
    let themeIntegrity: String
    let style: Link
    let styleIntegrity: String
    let menu: [MenuItemView]
    let script: ScriptView?
    /// Chart.js, which the other script loads once the page has been painted.
    let chart: ScriptView?
    /// What asks for what goes on now.
    let live: ScriptView?
    let body: Markup

    struct MenuItemView: View {
        let target: PlaceView
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
        description = settings.description
        canonical = place.flatMap { place in
            settings.url.map { Linker(absolute: $0).to(place) }
        }
        home = linker.to(.now)
        feed = site.feed(linker)
        about = linker.to(.about)
        status = linker.to(.status)
        icon = linker.file(assets.icon.path)
        iconImage = linker.file(assets.iconImage.path)
        theme = linker.file(assets.theme.path)
        themeIntegrity = assets.theme.integrity
        style = linker.file(assets.style.path)
        styleIntegrity = assets.style.integrity
        menu = [Place.now, .archive, .tags, .data, .about].map { target in
            MenuItemView(
                target: PlaceView(target, linker), isCurrent: place.map(target.holds) ?? false)
        }
        func script(_ asset: SiteAssets.Asset, if isWanted: Bool) -> ScriptView? {
            isWanted
                ? ScriptView(source: linker.file(asset.path), integrity: asset.integrity) : nil
        }
        self.script = script(assets.script, if: page.isScripted)
        chart = script(assets.chart, if: page.isScripted)
        live = script(assets.live, if: page.hasLive)
        self.body = body
    }
}

extension Place {
    /// True for the page itself and those the menu shows it for.
    fileprivate func holds(_ place: Place) -> Bool {
        switch (self, place) {
        case (.archive, .year), (.archive, .month), (.archive, .week), (.archive, .day),
            (.archive, .window),
            (.now, .source), (.tags, .tag), (.tags, .letters), (.data, .dataMonth):
            true
        default: self == place
        }
    }
}

/// What a web server shows for an address that leads nowhere.
struct MissingView: PageView {
    static let template = "missing"

    var title: String { "Nothing here" }
    var summary: String { "There is no page at this address." }
    let home: Link
    let tags: Link

    init(_ linker: Linker) {
        home = linker.to(.now)
        tags = linker.to(.tags)
    }
}
