import Archive

/// The history of a hashtag.
struct TagView: PageView {
    static let template = "tag"

    let title: String
    let summary: String
    var hasCharts: Bool { true }
    let tag: String
    let bestRank: String
    let peak: String
    let peakLabel: String
    let peakLink: Link
    let windows: String
    let days: String
    let streak: String
    let first: EndView
    let last: EndView
    let elsewhere: [PlatformView]
    let hasSpellings: Bool
    let spellings: [CountView]
    let sources: [CountView]
    let isPeaks: Bool
    let hasSeveralSources: Bool
    let chart: ChartView
    let rows: [RowView]
    let hasCompanions: Bool
    let companions: [CompanionView]

    /// The first or the last window.
    struct EndView: View {
        let time: String
        let label: String
        let link: Link
    }

    struct PlatformView: View {
        let name: String
        let address: Link
    }

    struct CountView: View {
        let name: String
        let count: String
    }

    struct CompanionView: View {
        let tag: String
        let tagLink: Link
        let windows: String
    }

    struct RowView: View {
        let link: Link
        let slotTime: String
        let slotLabel: String
        let source: String
        let rank: String
        let trend: String
        let people: String
        let usual: String
        let posts: String
    }

    init(_ history: TagHistory, _ site: Site, _ linker: Linker) {
        let all = TagListings(history)
        let spelling = history.spelling
        title = spelling.isolated
        tag = spelling.text
        func end(_ slot: Timestamp) -> EndView {
            EndView(
                time: slot.description, label: Self.label(slot), link: linker.to(.window(slot)))
        }
        first = end(history.firstSlot)
        last = end(history.lastSlot)
        bestRank = history.bestRank.map { String($0) } ?? "trending only"
        let peakSlot = history.peak?.slot ?? history.firstSlot
        peak = Wording.number(history.peak?.accounts ?? 0)
        peakLabel = Self.label(peakSlot)
        peakLink = linker.to(.window(peakSlot))
        windows = Wording.number(history.windowCount)
        days = Wording.number(history.dayCount)
        streak = Wording.count(history.longestStreak, "list", "lists")
        elsewhere = Platform.allCases.map {
            PlatformView(name: $0.name, address: $0.address(of: history.key.text))
        }
        let spellings = all.counts(\.spelling)
        hasSpellings = spellings.count > 1
        self.spellings = spellings.prefix(12).map {
            CountView(
                name: Spelling($0.text, key: history.key.text).text,
                count: Wording.count($0.count, "list", "lists"))
        }
        let sources = all.counts(\.source)
        hasSeveralSources = sources.count > 1
        self.sources = sources.map {
            CountView(name: $0.text, count: Wording.count($0.count, "window", "windows"))
        }
        companions = history.companions(12).map { companion in
            CompanionView(
                tag: Spelling(companion.row.spelling, key: companion.row.tag).text,
                tagLink: linker.to(.tag(slug: site.slug(of: companion.row.tag))),
                windows: Wording.count(companion.count, "window", "windows"))
        }
        hasCompanions = !companions.isEmpty
        summary =
            "\(title) was listed in \(Wording.count(history.windowCount, "window", "windows")) "
            + "from \(Wording.day(history.firstSlot.date)) to \(Wording.day(history.lastSlot.date)), "
            + "by \(peak) people at its peak."
        let points = TagChart(history, all, site)
        isPeaks = points.isDaily
        chart = ChartView(
            identifier: "chart-1",
            label: "People who wrote \(title), over time; the table has the same numbers",
            data: Island(points.json))
        rows = points.listings.reversed().map { listing in
            let row = listing.row
            return RowView(
                link: linker.to(.window(row.slot)), slotTime: row.slot.description,
                slotLabel: Self.label(row.slot), source: row.source,
                rank: listing.rank.map { String($0) } ?? "–",
                trend: listing.trendingRank.map { String($0) } ?? "–",
                people: Wording.number(row.accounts),
                usual: row.expected.map { FixedPoint.text($0, decimals: 0) } ?? "–",
                posts: Wording.number(row.posts))
        }
    }

    private static func label(_ slot: Timestamp) -> String {
        "\(Wording.shortDay(slot.date)) \(slot.date.year), \(Wording.clock(slot))"
    }
}
