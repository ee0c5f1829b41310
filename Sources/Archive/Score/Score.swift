/// How a tag's count compares with what its baseline expects.
public struct Score: Hashable, Sendable {
    /// Accounts expected.
    public var expected: Double
    /// Signed log-likelihood ratio G².
    public var value: Double
    /// Days of the baseline of which `expected` knows a bound alone.
    public var bounds: Int

    /// Nil if the baseline has too few days, or the window too few accounts to compare.
    public init?(of tag: String, accounts: Int, total: Int, by baseline: Baseline) {
        guard let expected = baseline.expected(tag, total: total) else { return nil }
        self.init(
            accounts: accounts, expected: expected, total: total, bounds: baseline.bounds(of: tag))
    }

    /// Nil if the window has too few accounts to compare.
    init?(accounts: Int, expected: Double, total: Int, bounds: Int = 0) {
        guard expected > 0, expected < Double(total), accounts <= total else { return nil }
        self.expected = expected
        self.bounds = bounds
        value = LogLikelihood.score(
            observed: Double(accounts), expected: expected, total: Double(total))
    }

    /// Accounts that a trending tag has at the least.
    public static let fewestAccounts = 5
    /// How many times the expected accounts it has at the least.
    public static let lowestLift = 2.0

    /// The least score of a trend. By chance alone one tag in ten thousand reaches it, and a window
    /// holds thousands of tags.
    public static let lowestValue = 15.0

    /// Whether so many accounts, with this score, are a trend.
    public func isTrend(accounts: Int) -> Bool {
        accounts >= Self.fewestAccounts && Double(accounts) >= Self.lowestLift * expected
            && value >= Self.lowestValue
    }
}
