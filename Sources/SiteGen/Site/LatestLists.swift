import Archive
import Calendar
import Output
import Text

/// `latest.json`: the latest list of each source for programs.
struct LatestLists {
    /// Grows when a member changes its meaning; members may be added at any time.
    static let version = 1

    private let site: Site
    private let copies: ArchiveCopies
    private let linker: Linker

    init(_ site: Site, _ copies: ArchiveCopies) {
        (self.site, self.copies) = (site, copies)
        linker = Linker(absolute: site.settings.url)
    }

    var json: JSONDocument {
        let (settings, history) = (site.settings, site.history)
        return .object([
            ("$schema", .text("latest.schema.json")),
            ("version", .number(Self.version)),
            ("title", .text(settings.title)),
            ("demonstration", .bool(history.isDemonstration)),
            ("generated", .text(generated.description)),
            ("slot", .text(history.last.description)),
            ("slotHours", .number(history.schedule.hours(at: history.last))),
            ("places", .number(settings.rules.top(at: history.last, or: settings.top))),
            ("rankedBy", .text(settings.rankedByPosts ? "posts" : "accounts")),
            ("licence", licence),
            ("sources", .list(history.sources.map(source))),
            ("merged", merged),
            ("all", all),
            ("data", data),
        ])
    }

    /// When the newest of what is told here had been read: the same archive gives the same file.
    private var generated: Timestamp {
        site.history.sources.compactMap { $0.latestRead?.row.end }.max() ?? site.history.last
    }

    private var licence: JSONDocument {
        let name = site.settings.dataLicence
        return .object([
            ("name", .text(name)),
            ("url", LicenceView(name).link.map { .text($0.target) } ?? .null),
        ])
    }

    /// Where the rest of the data is.
    private var data: JSONDocument {
        func link(_ path: String) -> JSONDocument { .text(linker.file(path).target) }
        return .object([
            ("page", .text(linker.to(.data).target)),
            ("package", link(DataPackages.path)),
            ("month", copies.months.last(where: \.isClosed).map { link($0.package) } ?? .null),
            ("windows", link(ArchiveCopies.windows(year: site.history.last.date.year))),
        ])
    }

    private func source(_ source: SourceHistory) -> JSONDocument {
        .object([
            ("name", .text(source.name)),
            ("title", .text(site.title(of: source.name))),
            ("of", site.settings.editions[source.name].map { .text($0) } ?? .null),
            ("kind", site.settings.sourceKinds[source.name].map { .text($0) } ?? .null),
            ("window", source.latestRead.map(window) ?? .null),
        ])
    }

    /// All sources of the newest slot in one list; null where one source alone was read.
    private var merged: JSONDocument {
        guard let merged = MergedLists(site) else { return .null }
        return .list(
            merged.entries.enumerated().map { place, entry in
                .object([
                    ("rank", .number(place + 1)),
                    ("tag", .text(entry.tag)),
                    ("spelling", .text(entry.spelling)),
                    ("share", .decimal(FixedPoint.text(entry.meanShare, decimals: 6))),
                    (
                        "accounts",
                        .object(
                            entry.accounts.sorted { ExactText($0.key) < ExactText($1.key) }
                                .map { ($0.key, .number($0.value)) })
                    ),
                    ("page", page(of: entry.tag)),
                ])
            })
    }

    /// All sources together as one, with what is unusual over all of them; null where one source alone was read.
    private var all: JSONDocument {
        guard let merged = MergedLists(site), site.hasAll else { return .null }
        let place = Place.source(name: SiteLayout.all)
        let stories = site.stories(in: merged.parts.map(\.window)).prefix(site.settings.top)
        return .object([
            ("name", .text(SiteLayout.all)),
            ("title", .text(MergedView.title)),
            ("page", .text(linker.to(place).target)),
            ("slot", .text(merged.slot.description)),
            (
                "permalink",
                .text(
                    linker.to(.window(merged.slot), anchor: Place.anchorOfAll(of: merged.slot))
                        .target)
            ),
            ("sources", .list(merged.parts.map { .text($0.name) })),
            (
                "unusual",
                .list(
                    stories.map { story in
                        .object([
                            ("tag", .text(story.lead.row.tag)),
                            ("spelling", .text(story.lead.row.spelling)),
                            ("source", .text(story.lead.row.source)),
                            ("accounts", .number(story.lead.row.accounts)),
                            ("expected", Self.decimal(story.lead.row.expected)),
                            ("score", Self.decimal(story.lead.row.score)),
                            ("page", page(of: story.lead.row.tag)),
                            ("story", .list(story.keys.map { .text($0.text) })),
                        ])
                    })
            ),
        ])
    }

    /// Null for a hashtag that no list of a source has.
    private func page(of tag: String) -> JSONDocument {
        guard site.history.tags.holds(tag) else { return .null }
        return .text(linker.to(.tag(slug: site.slug(of: tag))).target)
    }

    private func window(_ window: RecordedWindow) -> JSONDocument {
        let row = window.row
        func withheld(_ list: String) -> JSONDocument {
            .number(
                site.withheld.first {
                    $0.list == list && $0.slot == row.slot
                        && ExactText($0.source) == ExactText(row.source)
                }?.lines ?? 0)
        }
        return .object([
            ("slot", .text(row.slot.description)),
            ("start", .text(row.start.description)),
            ("end", .text(row.end.description)),
            ("status", .text(row.status.rawValue)),
            ("coverage", .decimal(FixedPoint.text(row.coverage, decimals: 4))),
            ("posts", .number(row.posts)),
            ("tagged", .number(row.tagged)),
            ("accounts", .number(row.accounts)),
            ("tags", .number(row.tags)),
            ("dropped", .number(row.dropped)),
            ("note", .text(row.note ?? "")),
            ("page", .text(linker.to(.window(row.slot)).target)),
            ("withheld", .object([("top", withheld("top")), ("trending", withheld("trending"))])),
            ("top", .list(window.entries.map { entry($0, of: window) })),
            (
                "trending",
                window.trends.map { .list($0.map { entry($0, of: window) }) } ?? .null
            ),
        ])
    }

    private func entry(_ entry: ListEntry, of window: RecordedWindow) -> JSONDocument {
        let row = entry.row
        let context = site.contexts[window.number]
        let story = context.stories.first { $0.contains(entry.key) }?.first
        return .object([
            ("rank", .number(row.rank)),
            ("tag", .text(row.tag)),
            ("spelling", .text(row.spelling)),
            ("posts", .number(row.posts)),
            ("accounts", .number(row.accounts)),
            ("expected", Self.decimal(row.expected)),
            ("score", Self.decimal(row.score)),
            ("bounds", .optional(row.bounds)),
            ("movement", entry.movement.map { .text($0.word) } ?? .null),
            ("places", .optional(entry.movement?.places)),
            ("streak", .number(entry.streak)),
            ("page", page(of: row.tag)),
            ("story", story.map { .text($0.text) } ?? .null),
            (
                "links",
                .list(
                    (context.links[entry.key] ?? []).map { link in
                        .object([
                            ("url", .text(link.address.text)), ("title", .text(link.title)),
                            ("accounts", .number(link.accounts)),
                        ])
                    })
            ),
        ])
    }

    /// As the archive writes it.
    private static func decimal(_ value: Double?) -> JSONDocument {
        value.map { .decimal(FixedPoint.text($0, decimals: 2)) } ?? .null
    }
}
