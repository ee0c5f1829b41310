/// A tag of a window's tail that stands out.
public struct Trend: Hashable, Sendable {
    /// Its place in the tail, from 0.
    public var index: Int
    public var score: Score
}

extension Baseline {
    /// The trends of a window of `total` accounts: highest score first, ties as by accounts.
    public func trends(in tail: [TailRow], total: Int) -> [Trend] {
        guard isKnown else { return [] }
        return tail.enumerated().compactMap { index, row -> Trend? in
            guard row.accounts >= Score.fewestAccounts, mayBeTrend(row, total: total),
                let score = Score(of: row.tag, accounts: row.accounts, total: total, by: self),
                score.isTrend(accounts: row.accounts)
            else { return nil }
            return Trend(index: index, score: score)
        }.sorted { left, right in
            let (one, other) = (left.score.value, right.score.value)
            return one == other
                ? ListOrder.accounts.precedes(tail[left.index], tail[right.index]) : one > other
        }
    }

    /// False if a tag is certainly not used often enough for a trend: most are told by the first days, or
    /// without looking for them in any.
    private func mayBeTrend(_ row: TailRow, total: Int) -> Bool {
        let accounts = days.reduce(0) { $0 + $1.accounts }
        // One more, as the score is reckoned with other roundings.
        let most = Double(row.accounts) * Double(accounts) / (Score.lowestLift * Double(total)) + 1
        var observed = days.reduce(0) { $0 + $1.least }
        guard Double(observed) <= most else { return false }
        let key = TagBytes(row.tag)
        for day in days {
            observed += (day.tail[key] ?? day.below) - day.least
            if Double(observed) > most { return false }
        }
        return true
    }
}
