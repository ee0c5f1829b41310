/// What a paid stream may cost, in posts.
public struct XBudget: Hashable, Sendable {
    /// What a post costs, in millionths of a dollar.
    public var microdollarsPerPost: Int
    /// The most a window may cost.
    public var posts: Int
    public var cents: Int
    /// The most a month of UTC may cost.
    public var monthPosts: Int
    public var monthCents: Int

    public init(
        microdollarsPerPost: Int, posts: Int, cents: Int, monthPosts: Int, monthCents: Int
    ) {
        self.microdollarsPerPost = microdollarsPerPost
        self.posts = posts
        self.cents = cents
        self.monthPosts = monthPosts
        self.monthCents = monthCents
    }

    /// How many posts may still be read, and which limit says so, for people.
    func left(after spent: (slot: Int, month: Int)) -> (posts: Int, limit: String) {
        let limits = [
            (posts - spent.slot, "budget of \(posts) posts"),
            (affordable(cents) - spent.slot, "budget of \(Self.dollars(cents)) a window"),
            (monthPosts - spent.month, "budget of \(monthPosts) posts a month"),
            (affordable(monthCents) - spent.month, "budget of \(Self.dollars(monthCents)) a month"),
        ]
        let tightest = limits.min { $0.0 < $1.0 } ?? (0, "budget")
        return (max(0, tightest.0), tightest.1)
    }

    private func affordable(_ cents: Int) -> Int {
        microdollarsPerPost == 0 ? .max : cents * 10_000 / microdollarsPerPost
    }

    private static func dollars(_ cents: Int) -> String {
        "$\(cents / 100)" + (cents % 100 == 0 ? "" : ".\(cents % 100 / 10)\(cents % 10)")
    }
}
