import Archive
import Calendar

/// How the site counts, what rules are in force, and how much of the last days was read.
struct AboutView: PageView {
    static let template = "about"

    var title: String { "About" }
    let summary: String
    let description: String
    /// Of the description.
    let language: String
    /// `the 10 leading hashtags become`
    let leaders: String
    let slotHours: String
    let slotsADay: String
    /// What of the posts goes into the archive, in words.
    let kept: String
    let keepsLinks: Bool
    let rankedByPosts: Bool
    let baselineDays: String
    let baselineWeeks: String
    let fewestDays: String
    let fewestPeople: String
    let lowestLift: String
    let lowestScore: String
    let hasFilters: Bool
    let filters: [String]
    let sources: [String]
    let withdrawn: String
    let days: [CoverageView]
    let data: Link
    /// Nil if there is none.
    let feed: Link?
    let query: Link?
    let licence: LicenceView
    let contact: ContactView?
    /// The versions of Tidemark that counted, latest first.
    let versions: [VersionView]

    /// What counted, and how long slots and lists were, latest first, where the archive keeps it.
    let rules: [RulesView]
    let hasRules: Bool

    struct RulesView: View {
        let rule: String
        let since: String
        let sinceTime: String

        init(_ row: RulesRow, _ site: Site) {
            since = "\(site.moment(row.since)) UTC"
            sinceTime = row.since.description
            rule =
                switch row.setting {
                case .every: "a period lasts \(Wording.count(Int(row.value) ?? 0, "hour", "hours"))"
                case .top: "lists have \(Wording.count(Int(row.value) ?? 0, "place", "places"))"
                case .rules: "\(site.title(of: row.source)), rules \(row.hash): \(row.value)"
                }
        }
    }

    struct ContactView: View {
        let address: String
        let addressLink: Link
    }

    /// A version of the program, and so of the rules, and when the first count by it began.
    struct VersionView: View {
        let version: String
        let since: String
        let sinceTime: String
    }

    struct CoverageView: View {
        let day: String
        let dayLink: Link
        let sources: [SourceView]
    }

    struct SourceView: View {
        let recorded: String
        let coverage: String
        /// `complete`, `partial` or `missing`.
        let kind: String
    }

    init(_ site: Site, _ copies: ArchiveCopies, _ linker: Linker) {
        let (history, settings) = (site.history, site.settings)
        summary =
            "How \(settings.title) counts, which rules are in force, what was read and what not."
        description = settings.description
        language = settings.language
        leaders = Wording.noun(
            settings.top, "the leading hashtag becomes",
            "the \(settings.top) leading hashtags become")
        let hours = history.schedule.hours(at: history.last)
        slotHours = Wording.count(hours, "hour", "hours")
        slotsADay = Wording.count(24 / hours, "period", "periods")
        keepsLinks = settings.keepsLinks
        kept = Wording.list(
            ["counts of hashtags"]
                + (settings.keepsRelated ? ["counts of hashtags written together"] : [])
                + (keepsLinks
                    ? ["the addresses and titles of pages that several people gave with a hashtag"]
                    : []))
        rules = settings.rules.rows.reversed().map { RulesView($0, site) }
        hasRules = !rules.isEmpty
        rankedByPosts = settings.rankedByPosts
        baselineDays = String(Baseline.days)
        baselineWeeks = String(Baseline.farthest / 7)
        fewestDays = String(Baseline.fewestDays)
        fewestPeople = String(Score.fewestAccounts)
        lowestLift = FixedPoint.text(Score.lowestLift, decimals: 0)
        lowestScore = FixedPoint.text(Score.lowestValue, decimals: 0)
        hasFilters = !settings.filters.isEmpty
        filters = settings.filters
        sources = history.sources.map { site.title(of: $0.name) }
        withdrawn = Self.sentence(on: history.withdrawn)
        days = (0..<30).map { site.days.lastOver.advanced(by: -$0) }.filter {
            $0 >= history.first.date
        }.map { date in
            let slots = site.days.slots(of: date)
            return CoverageView(
                day: Wording.shortDay(date), dayLink: linker.to(.day(date)),
                sources: history.sources.map { Self.coverage(of: slots, $0) })
        }
        data = linker.to(.data)
        feed = site.feed(linker)
        licence = LicenceView(settings.dataLicence)
        contact = settings.contactLink.map {
            ContactView(address: settings.contact ?? "", addressLink: $0)
        }
        versions = history.versions.reversed().map { version, slot in
            VersionView(
                version: version, since: "\(site.moment(slot)) UTC", sinceTime: slot.description)
        }
        query = copies.datasette(siteURL: settings.url)
    }

    /// What was withdrawn, in numbers.
    private static func sentence(on withdrawn: Withdrawals) -> String {
        let (tags, addresses) = (withdrawn.tagCount, withdrawn.addressCount)
        let parts = [
            tags == 0
                ? nil : tags.map { Wording.count($0, "hashtag", "hashtags") } ?? "Some hashtags",
            addresses == 0 ? nil : Wording.count(addresses, "address", "addresses"),
        ].compactMap(\.self)
        guard !parts.isEmpty else { return "No hashtag has been withdrawn." }
        return parts.joined(separator: " and ")
            + (parts.count == 1 && (tags ?? 2) + addresses == 1 ? " has" : " have")
            + " been withdrawn and can be seen nowhere on this site, its feed and its files."
    }

    private static func coverage(of slots: [Timestamp], _ source: SourceHistory) -> SourceView {
        let read = slots.compactMap { source.window(at: $0) }.filter(\.wasRead)
        let share = read.map(\.row.coverage).reduce(0, +) / Double(max(1, slots.count))
        return SourceView(
            recorded: "\(read.count) of \(slots.count)",
            coverage: Wording.percent(share),
            kind: read.isEmpty ? "missing" : share < 1 ? "partial" : "complete")
    }
}
