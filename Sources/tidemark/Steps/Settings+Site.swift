import SiteGen

extension Settings {
    /// What the site is told of these settings.
    var siteSettings: SiteSettings {
        var settings = SiteSettings(
            title: site.title, url: site.url.map { String($0.dropLast()) },
            description: site.description, language: site.language, schedule: window.schedule,
            top: window.top, rankedByPosts: window.rank == .posts, sources: sources.map(\.name),
            sourceTitles: Dictionary(
                sources.compactMap { source in source.title.map { (source.name, $0) } }
            ) { $1 },
            sourceKinds: Dictionary(
                sources.compactMap { source in
                    source.kindName.map { (source.name, $0.rawValue) }
                }
            ) { $1 },
            editions: Dictionary(
                sources.compactMap { source in source.of.map { (source.name, $0) } }
            ) { $1 },
            mastodonServers: mastodonServers, filters: filterSentences,
            dataLicence: site.dataLicence, contact: site.contact, version: Release.version)
        settings.hasLiveSources = sources.contains(where: \.kind.isLive)
        (settings.keepsRelated, settings.keepsLinks) = (context.related, context.links)
        return settings
    }

    /// Of sources with several servers the first, which knows most of what the others have.
    private var mastodonServers: [String: String] {
        var servers: [String: String] = [:]
        for source in sources {
            guard let mastodon = source.kind as? Mastodon else { continue }
            servers[source.name] = mastodon.servers.first.map { server in
                server.hasSuffix("/") ? String(server.dropLast()) : server
            }
        }
        return servers
    }

    /// The filters in force, for readers: those of all sources, and what of some is otherwise.
    private var filterSentences: [String] {
        let all = sentences(filters)
        return all
            + sources.flatMap { source in
                let name = source.title ?? source.name
                let languages =
                    source.languages.isEmpty
                    ? []
                    : [
                        "Of \(name), only posts whose language is "
                            + "\(source.languages.joined(separator: " or ")) count."
                    ]
                let others = sentences(source.filters).filter { !all.contains($0) }
                return languages + others.map { "\(name): \($0)" }
            }
    }

    private func sentences(_ filters: Filters) -> [String] {
        var sentences: [String] = []
        sentences.append(
            filters.reposts
                ? "Reposts count as posts of the reposter." : "Reposts do not count.")
        if filters.maxTags > 0 {
            sentences.append(
                "Posts with more than \(filters.maxTags) "
                    + "\(filters.maxTags == 1 ? "hashtag does" : "hashtags do") not count.")
        }
        sentences.append(
            filters.sensitive
                ? "Posts marked as sensitive count." : "Posts marked as sensitive do not count.")
        sentences.append(
            filters.bots
                ? "Accounts marked as bots count." : "Accounts marked as bots do not count.")
        if filters.deleted { sentences.append("Posts deleted while they are read count.") }
        if window.minimumAccounts > 1 {
            sentences.append("A hashtag needs \(window.minimumAccounts) people to be listed.")
        }
        // The lists themselves may be what nobody should read.
        if !filters.block.isEmpty {
            sentences.append("A block list of \(filters.block.count) applies.")
        }
        if !filters.allow.isEmpty {
            let count = filters.allow.count
            sentences.append(
                count == 1
                    ? "Only the one hashtag of a list is shown."
                    : "Only the \(count) hashtags of a list are shown.")
        }
        return sentences
    }
}
