/// What was written and given together with a listed hashtag, in posts that count.
public struct TagContext: Hashable, Sendable {
    /// The key of the listed hashtag.
    public let tag: String
    /// The ten strongest others, and every other listed one with three accounts or more; strongest first.
    public var related: [RelatedTag] = []
    /// Up to five addresses; strongest first.
    public var links: [TagLink] = []

    /// Another hashtag, and how many accounts wrote both in one post.
    public struct RelatedTag: Hashable, Sendable {
        /// The key.
        public var tag: String
        public var accounts: Int
    }

    /// An address, and how many accounts gave it.
    public struct TagLink: Hashable, Sendable {
        public var address: String
        /// Empty unless enough accounts delivered the same one.
        public var title: String
        public var accounts: Int
    }
}
