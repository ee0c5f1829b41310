import Archive

/// `latest.json`: the latest list of each source for programs.
struct LatestLists {
    let json: JSONDocument

    init(_ site: Site) {
        let linker = Linker(absolute: site.settings.url)
        json = .object([
            ("$schema", .text("latest.schema.json")),
            ("title", .text(site.settings.title)),
            ("demonstration", .bool(site.history.isDemonstration)),
            ("slot", .text(site.history.last.description)),
            (
                "sources",
                .list(
                    site.history.sources.map { source in
                        .object([
                            ("name", .text(source.name)),
                            (
                                "window",
                                source.latestRead.map { Self.window($0, site, linker) } ?? .null
                            ),
                        ])
                    })
            ),
        ])
    }

    private static func window(
        _ window: RecordedWindow, _ site: Site, _ linker: Linker
    ) -> JSONDocument {
        let row = window.row
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
            ("top", .list(window.entries.map { entry(of: $0, window, site, linker) })),
            (
                "trending",
                window.trends.map { .list($0.map { entry(of: $0, window, site, linker) }) } ?? .null
            ),
        ])
    }

    private static func entry(
        of entry: ListEntry, _ window: RecordedWindow, _ site: Site, _ linker: Linker
    ) -> JSONDocument {
        let row = entry.row
        let context = site.contexts[window.number]
        let story = context.stories.first { $0.contains(entry.key) }?.first
        return .object([
            ("rank", .number(row.rank)),
            ("tag", .text(row.tag)),
            ("spelling", .text(row.spelling)),
            ("posts", .number(row.posts)),
            ("accounts", .number(row.accounts)),
            ("expected", decimal(row.expected)),
            ("score", decimal(row.score)),
            ("bounds", .optional(row.bounds)),
            ("movement", entry.movement.map { .text($0.word) } ?? .null),
            ("places", .optional(entry.movement?.places)),
            ("streak", .number(entry.streak)),
            ("page", .text(linker.to(.tag(slug: site.slug(of: row.tag))).target)),
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
