import Archive

/// Every file that is rendered, from the site's model into the staging tree.
struct SitePages {
    /// The views that templates are audited against.
    static let views: [any TemplateView.Type] = [
        LayoutView.self, NowView.self, DayView.self, WindowPageView.self, WeekView.self,
        CalendarPageView.self,
        TagIndexView.self,
        TagView.self, AboutView.self, DataView.self, MissingView.self, FeedView.self,
        FeedContentView.self, SitemapView.self, SitemapIndexView.self,
    ]

    let site: Site
    let library: TemplateLibrary
    let assets: SiteAssets
    let copies: ArchiveCopies

    /// Returns the number of HTML pages.
    func write(into staging: inout StagingTree) throws(SiteError) -> Int {
        let pages = PageWriter(site: site, library: library, assets: assets)
        var map: [SitemapView.PageLinkView] = []
        let absolute = Linker(absolute: site.settings.url)
        for (place, view) in views {
            try staging.add(place.file, pages.page(place, view))
            map.append(.init(address: absolute.to(place), changed: changed(place).description))
        }
        try staging.add("404.html", pages.missingPage)

        let feed = FeedView(site) { String(decoding: library.render($0), as: UTF8.self) }
        try staging.add("feed.xml", library.render(feed))
        try staging.add("data/latest.json", Array((LatestLists(site).json.encoded + "\n").utf8))
        try writeMaps(map, into: &staging)
        return map.count + 1
    }

    private var views: [(Place, (Linker) -> any PageView)] {
        let (site, days, history) = (site, site.days, site.history)
        var views: [(Place, (Linker) -> any PageView)] = [
            (.now, { NowView(site, $0) }),
            (.tags, { TagIndexView(site, $0) }),
            (.about, { AboutView(site, $0) }),
            (.data, { DataView(copies, $0) }),
        ]
        for year in history.first.date.year...history.last.date.year {
            views.append((.year(year), { CalendarPageView(year: year, site, $0) }))
        }
        for month in days.months {
            views.append((.month(month), { CalendarPageView(month: month, site, $0) }))
        }
        var week = CalendarWeek(of: history.first.date)
        while week.monday <= history.last.date {
            let shown = week
            views.append((.week(shown), { WeekView(shown, site, $0) }))
            week = week.advanced(by: 1)
        }
        for date in days.all { views.append((.day(date), { DayView(date, site, $0) })) }
        let windows = Set(history.sources.flatMap { $0.windows.map(\.row.slot) }).sorted()
        for (index, slot) in windows.enumerated() {
            let (earlier, later) = (
                index > 0 ? windows[index - 1] : nil,
                index + 1 < windows.count ? windows[index + 1] : nil
            )
            views.append(
                (
                    .window(slot),
                    { WindowPageView(slot, earlier: earlier, later: later, site, $0) }
                ))
        }
        for tag in history.tags {
            views.append((.tag(slug: tag.slug), { TagView(tag, site, $0) }))
        }
        return views
    }

    /// The day of the last slot that could have changed a page.
    private func changed(_ place: Place) -> CivilDate {
        switch place {
        case .day(let date): date
        default: site.history.last.date
        }
    }

    /// One sitemap, or beyond 40,000 pages several and a list of them (the protocol's limit is 50,000).
    private func writeMaps(
        _ pages: [SitemapView.PageLinkView], into staging: inout StagingTree
    ) throws(SiteError) {
        let linker = Linker(absolute: site.settings.url)
        let limit = 40_000
        if pages.count <= limit {
            try staging.add("sitemap.xml", library.render(SitemapView(pages: pages)))
        } else {
            var maps: [String] = []
            for start in stride(from: 0, to: pages.count, by: limit) {
                let path = "sitemap-\(start / limit + 1).xml"
                let part = SitemapView(pages: Array(pages[start...].prefix(limit)))
                try staging.add(path, library.render(part))
                maps.append(path)
            }
            let index = SitemapIndexView(maps: maps.map(linker.file))
            try staging.add("sitemap.xml", library.render(index))
        }
        var robots = "User-agent: *\nAllow: /\n"
        // The address must be whole, or crawlers take the line for a mistake.
        if site.settings.url != nil { robots += "Sitemap: \(linker.file("sitemap.xml").target)\n" }
        try staging.add("robots.txt", Array(robots.utf8))
    }
}
