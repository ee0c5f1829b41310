/// Counting by a sample of accounts, which takes that much less memory: those with the lowest hashes, one in
/// so many, and every number multiplied.
///
/// The salt makes the choice, so that nobody can write to be chosen. An estimate is right in the mean,
/// and samples of parts of a window add up to that of the whole.
public struct AccountSample: Hashable, Sendable {
    /// One account in so many is counted; 1 counts all, exactly.
    public let oneIn: Int

    public static let all = AccountSample(oneIn: 1)
    public static let rarest = 1_000_000

    /// - Parameter oneIn: 1 to `rarest`.
    public init?(_ oneIn: Int) {
        guard (1...Self.rarest).contains(oneIn) else { return nil }
        self.init(oneIn: oneIn)
    }

    private init(oneIn: Int) { self.oneIn = oneIn }

    /// The standard error of a number of accounts that was estimated: as each of them is chosen with a
    /// probability of 1/N, √(accounts · (N − 1)).
    public func standardError(ofAccounts accounts: Int) -> Double {
        (Double(accounts) * Double(oneIn - 1)).squareRoot()
    }

    /// Whether the account with this salted hash is one of them; of a post without account, the post's.
    func holds(_ hash: UInt64) -> Bool { hash <= UInt64.max / UInt64(oneIn) }

    func estimate(of tag: TagCount) -> TagCount {
        var tag = tag
        tag.posts *= oneIn
        tag.accounts *= oneIn
        return tag
    }
}
