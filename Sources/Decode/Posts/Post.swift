import Links

/// What counting needs to know of one delivered version of a post.
public struct Post: Sendable {
    /// Salted hash of what identifies the post on its platform, the same for each of its versions.
    public var id: UInt64 = 0
    /// Among versions the higher one holds; nil where the one delivered last does.
    public var revision: UInt64?
    /// Without a revision: the same for two deliveries of one version, another for another.
    public var version: UInt64 = 0
    /// Salted hash of the author's id; nil if the post has none.
    public var author: UInt64?
    /// The platform's time in microseconds since 1970, UTC; nil if it gives none.
    public var time: Int64?
    public var languages = Languages()
    /// The hashtags as delivered or found, in order.
    public var tags: [String] = []
    /// The addresses that it gives, each once, if they were asked for; none of a post without hashtags, of a
    /// sensitive one and of a bot's.
    public var links: [PostLink] = []
    public var isRepost = false
    /// A later version of a post delivered before, whether or not that was seen.
    public var isEdit = false
    public var isSensitive = false
    public var isBot = false
    /// The tags were found in the text, as the platform's own structure was absent.
    public var wasScanned = false
}
