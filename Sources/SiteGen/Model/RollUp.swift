import Text

/// What stood out among the lists of a stretch of time: a day, a week, a month or a year.
struct RollUp: Sendable {
    /// By people added up over the windows; someone who wrote it in two windows counts twice.
    let mostPeople: [Item]
    /// By people of a single window.
    let biggestPeaks: [Item]
    /// By lists in a row, those before the stretch included.
    let longestStreaks: [Item]
    /// Listed for the first time, those of the most people first.
    let debuts: [Item]
    /// Listed again, those away for the longest first.
    let returns: [Item]
    let debutCount: Int
    let returnCount: Int

    /// A hashtag of one source.
    struct Item: Sendable {
        /// The line that the item is about; of the sums, the one of the most people.
        let entry: ListEntry
        let figure: Int
    }

    /// - Parameter windows: Of every source; within a source in order of time.
    init(of windows: some Sequence<RecordedWindow>, places: Int = 5) {
        var tags: [Key: Standing] = [:]
        var (debuts, returns) = ([Item](), [Item]())
        for window in windows {
            for entry in window.entries {
                let key = Key(tag: entry.key, source: ExactText(entry.row.source))
                tags[key, default: Standing(peak: entry, longest: entry)].add(entry)
                if entry.movement == .new {
                    debuts.append(Item(entry: entry, figure: entry.row.accounts))
                }
                if entry.movement == .back, let before = entry.before {
                    returns.append(
                        Item(entry: entry, figure: entry.row.slot.seconds(since: before)))
                }
            }
        }
        (debutCount, returnCount) = (debuts.count, returns.count)
        func best(_ items: some Sequence<Item>) -> [Item] {
            Array(items.sorted(by: Item.precedes).prefix(places))
        }
        let standings = tags.values
        mostPeople = best(standings.map { Item(entry: $0.peak, figure: $0.people) })
        biggestPeaks = best(standings.map { Item(entry: $0.peak, figure: $0.peak.row.accounts) })
        longestStreaks = best(
            standings.filter { $0.longest.streak > 1 }
                .map { Item(entry: $0.longest, figure: $0.longest.streak) })
        self.debuts = best(debuts)
        self.returns = best(returns)
    }

    private struct Key: Hashable {
        let tag: ExactText
        let source: ExactText
    }

    private struct Standing {
        var people = 0
        var peak: ListEntry
        var longest: ListEntry

        mutating func add(_ entry: ListEntry) {
            people += entry.row.accounts
            if entry.row.accounts > peak.row.accounts { peak = entry }
            if entry.streak > longest.streak { longest = entry }
        }
    }
}

extension RollUp.Item {
    /// The higher figure first; then the same answer every time.
    fileprivate static func precedes(_ left: Self, _ right: Self) -> Bool {
        if left.figure != right.figure { return left.figure > right.figure }
        let (one, other) = (left.entry.row, right.entry.row)
        if one.slot != other.slot { return one.slot < other.slot }
        return (left.entry.key, ExactText(one.source)) < (right.entry.key, ExactText(other.source))
    }
}
