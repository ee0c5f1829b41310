import Archive

/// What every page is made from.
struct Site: Sendable {
    let history: History
    let settings: SiteSettings
    var tails = RecentTails.none

    var days: ArchiveDays { ArchiveDays(history: history) }

    /// What ranks decide by first.
    func measure(of row: TopRow) -> Int { settings.rankedByPosts ? row.posts : row.accounts }

    func slug(of tag: String) -> String { history.tags.slug.segment(for: tag) }
}
