import Calendar
import Output

/// Every file that is rendered, family by family: what is in a family depends on the same stretch of the
/// archive.
///
/// A page may show nothing of later windows than its family says, or it would stay as it was when they come:
/// - a day, week, month, year: its windows, and whether there is a next one
/// - a window: all up to it, and the next slot
/// - a hashtag: the windows that list it, and all before the last of them
struct SitePages: Sendable {
    /// The views that templates are compiled for.
    static let views: [any TemplateView.Type] = [
        LayoutView.self, NowView.self, SourceView.self, MergedPageView.self, DayView.self,
        WindowPageView.self,
        WeekView.self,
        ArchiveView.self, CalendarPageView.self, TagIndexView.self, LettersView.self, TagView.self,
        AboutView.self, StatusView.self,
        DataView.self, DataMonthView.self, MissingView.self, FeedView.self, FeedContentView.self,
        SitemapView.self, SitemapIndexView.self,
    ]

    let site: Site
    let library: TemplateLibrary
    let assets: SiteAssets
    let copies: ArchiveCopies
    let letters: LetterIndex

    /// A page, and its view as it links from there.
    typealias Page = (place: Place, view: @Sendable (Linker) -> any PageView)

    /// The files that may be different: those of the pages, and all that is made of them.
    ///
    /// - Parameter known: those that are there; nil for none.
    func files(_ change: Change, over known: FileList?) -> [SiteFile] {
        let history = site.history
        let series = tags(changedBy: change).map { number in
            let tag = history.tags.index.tables.texts[history.tags.index.tables.tags[number].key]
            return SiteFile(path: TagSeries.path(slug: Slug.segment(for: tag))) {
                [site] () throws(SiteError) in
                TagSeries(tag: Int32(number), site: site).bytes
            }
        }
        let pages = PageWriter(site: site, library: library, assets: assets)
        return
            (entrances + sources + calendar(change) + windows(change)
            + tags(change, over: known) + data(change))
            .map { page in
                SiteFile(path: page.place.file) { () throws(SiteError) in
                    pages.page(page.place, page.view)
                }
            } + series + Sitemaps(site: site, letters: letters, library: library).files(change) + [
                SiteFile(path: SiteLayout.missing) { () throws(SiteError) in pages.missingPage },
                SiteFile(path: StatusDocument.path) { [site] () throws(SiteError) in
                    Array((StatusDocument(site: site).json.encoded + "\n").utf8)
                },
                SiteFile(path: "\(SiteLayout.data)/latest.json") { () throws(SiteError) in
                    Array((LatestLists(site, copies).json.encoded + "\n").utf8)
                },
            ] + [feed, SecurityText.file(site)].compactMap(\.self)
    }

    /// Nil where nobody knows the site's address, which every link of it needs.
    private var feed: SiteFile? {
        guard let address = site.settings.url, let authority = site.authority else { return nil }
        return SiteFile(path: FeedView.path) { [site, library] () throws(SiteError) in
            library.render(
                FeedView(site, at: address, authority: authority, before: site.feedBefore) {
                    String(decoding: library.render($0), as: UTF8.self)
                })
        }
    }

    /// What every window changes.
    private var entrances: [Page] {
        [
            (.now, { [site] in NowView(site, $0) }),
            (.tags, { [site, letters] in TagIndexView(site, letters, $0) }),
            (.archive, { [site] in ArchiveView(site, $0) }),
            (.about, { [site, copies] in AboutView(site, copies, $0) }),
            (.status, { [site] in StatusView(site, $0) }),
            (.data, { [site, copies] in DataView(site, copies, $0) }),
        ]
    }

    private var sources: [Page] {
        var pages: [Page] = []
        for index in site.history.sources.indices {
            let place = Place.source(name: site.history.sources[index].name)
            pages.append((place, { [site] in SourceView(index, site, $0) }))
        }
        if site.hasAll {
            pages.append((.source(name: SiteLayout.all), { [site] in MergedPageView(site, $0) }))
        }
        return pages
    }

    /// As one is new, the one before it leads to it: see `ArchiveDays.stretches`.
    private func calendar(_ change: Change) -> [Page] {
        let (site, days) = (site, site.days)
        let (first, last) = (site.history.first.date, site.history.last.date)
        var pages: [Page] = []
        for year in first.year...last.year where change.reaches(year: year) {
            pages.append((.year(year), { CalendarPageView(year: year, site, $0) }))
        }
        for month in days.months where change.reaches(month.lastOfMonth) {
            pages.append((.month(month), { CalendarPageView(month: month, site, $0) }))
        }
        var week = CalendarWeek(of: first)
        while week.monday <= last {
            let shown = week
            if change.reaches(week.sunday) {
                pages.append((.week(shown), { WeekView(shown, site, $0) }))
            }
            week = week.advanced(by: 1)
        }
        for date in days.all where change.reaches(date) {
            pages.append((.day(date), { DayView(date, site, $0) }))
        }
        return pages
    }

    private func windows(_ change: Change) -> [Page] {
        let (site, slots) = (site, site.history.slots)
        return slots.indices.filter { index in
            change.reaches(slots[min(index + 1, slots.count - 1)].date)
        }
        .map { index in
            let earlier = index > 0 ? slots[index - 1] : nil
            let later = index + 1 < slots.count ? slots[index + 1] : nil
            return (
                .window(slots[index]),
                { WindowPageView(slots[index], earlier: earlier, later: later, site, $0) }
            )
        }
    }

    /// The hashtags, and the pages of the index that list them or lead there; also those that a page was split into as it
    /// grew too long, whatever they list.
    private func tags(_ change: Change, over known: FileList?) -> [Page] {
        let (site, letters, all) = (site, letters, site.history.tags)
        let changed = Set(change.tags)
        let nodes = letters.roots.flatMap(\.all).filter { node in
            change.isEverything || letters.order[node.range].contains(where: changed.contains)
                || known?.file(Place.letters(name: node.name).file) == nil
        }
        return tags(changedBy: change).map { number in
            let key = all.index.tables.texts[all.index.tables.tags[number].key]
            return (.tag(slug: Slug.segment(for: key)), { TagView(all[number], site, $0) })
        }
            + nodes.map { node in
                (.letters(name: node.name), { LettersView(node, site, letters, $0) })
            }
    }

    /// By number.
    private func tags(changedBy change: Change) -> [Int] {
        change.isEverything ? Array(site.history.tags.indices) : change.tags.map(Int.init)
    }

    private func data(_ change: Change) -> [Page] {
        copies.months.filter { change.reaches($0.lastDay) }.map { month in
            (.dataMonth(month.first), { DataMonthView(month, $0) })
        }
    }
}

extension Change {
    func reaches(year: Int) -> Bool {
        CivilDate(year: year, month: 12, day: 31).map(reaches) ?? isEverything
    }
}
