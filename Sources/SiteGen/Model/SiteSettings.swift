import Archive
import Calendar

/// What the operator says about the site; resolved and checked by the command.
public struct SiteSettings: Sendable {
    public var title: String
    /// Where the site will be, without a trailing slash: `https://trends.example.org/now`. Without it
    /// there is no feed and no sitemap, and the error page links from the host's root.
    public var url: String?
    public var description: String
    /// BCP 47, the language of title and description.
    public var language: String
    public var schedule: Schedule
    /// What the archive keeps of schedule, places and rules.
    var rules = ArchiveRules()
    /// How many places of each list are shown.
    public var top: Int
    /// True if lists are ranked by posts, false if by people.
    public var rankedByPosts: Bool
    /// Names of the configured sources, in the order in which they are shown.
    public var sources: [String]
    /// What pages call a source, by name; the name itself of those that are not in it.
    public var sourceTitles: [String: String]
    /// The word that the configuration has for the kind of a source, `bluesky`, by name.
    public var sourceKinds: [String: String]
    /// Of sources that are editions, by name, the source that they are read with. Where several sources are told
    /// together, editions take no part: what they have is their source's.
    public var editions: [String: String]
    /// Of sources that read Mastodon the address of a server, `https://mastodon.example`, by name.
    public var mastodonServers: [String: String]
    /// Whether a source can be followed, so that the front page asks for what goes on now.
    public var hasLiveSources = false
    /// Whether the archive keeps which hashtags were written together, and what addresses were given with them.
    public var keepsRelated = true
    public var keepsLinks = true
    /// The filters in force, a sentence each.
    public var filters: [String]
    /// Of the published data; an SPDX identifier.
    public var dataLicence: String
    /// How readers reach the operator: an e-mail address, or an address of the web.
    public var contact: String?
    /// Tidemark's own.
    public var version: String

    public init(
        title: String, url: String? = nil, description: String, language: String = "en",
        schedule: Schedule = .everySixHours, top: Int = 10, rankedByPosts: Bool = false,
        sources: [String] = [], sourceTitles: [String: String] = [:],
        sourceKinds: [String: String] = [:], editions: [String: String] = [:],
        mastodonServers: [String: String] = [:], filters: [String] = [],
        dataLicence: String = "CC0-1.0", contact: String? = nil, version: String
    ) {
        self.title = title
        self.url = url
        self.description = description
        self.language = language
        self.schedule = schedule
        self.top = top
        self.rankedByPosts = rankedByPosts
        self.sources = sources
        self.sourceTitles = sourceTitles
        self.sourceKinds = sourceKinds
        self.editions = editions
        self.mastodonServers = mastodonServers
        self.filters = filters
        self.dataLicence = dataLicence
        self.contact = contact
        self.version = version
    }
}
