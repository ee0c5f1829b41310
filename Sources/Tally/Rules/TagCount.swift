/// What was counted of one hashtag in one window.
public struct TagCount: Hashable, Sendable {
    public var key: String
    /// The most frequent spelling, ties by scalar order.
    public var spelling: String
    public var posts: Int
    /// Distinct authors of these posts.
    public var accounts: Int

    public init(key: String, spelling: String, posts: Int, accounts: Int) {
        self.key = key
        self.spelling = spelling
        self.posts = posts
        self.accounts = accounts
    }
}
