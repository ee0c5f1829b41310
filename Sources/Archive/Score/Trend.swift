/// A tag of a window's tail that stands out.
public struct Trend: Hashable, Sendable {
    /// Its place in the tail, from 0.
    public var index: Int
    public var score: Score
}

extension Baseline {
    /// The trends of a window of `total` accounts: highest score first, ties as by accounts.
    public func trends(in tail: some Sequence<TailRow>, total: Int) -> [Trend] {
        guard let least = leastExpected(total: total) else { return [] }
        return tail.enumerated().compactMap { index, row -> (row: TailRow, trend: Trend)? in
            guard row.accounts >= Score.fewestAccounts else { return nil }
            // Most tags would be no trend if the least was expected of them, and are not looked up.
            if let highest = Score(accounts: row.accounts, expected: least, total: total),
                !highest.isTrend(accounts: row.accounts)
            {
                return nil
            }
            guard let score = Score(of: row.tag, accounts: row.accounts, total: total, by: self),
                score.isTrend(accounts: row.accounts)
            else { return nil }
            return (row, Trend(index: index, score: score))
        }.sorted { left, right in
            let (one, other) = (left.trend.score.value, right.trend.score.value)
            return one == other ? ListOrder.accounts.precedes(left.row, right.row) : one > other
        }.map(\.trend)
    }
}
