import Text

/// What stood out among the lists of a stretch of time: a day, a week, a month or a year.
struct RollUp: Sendable {
    /// By people of a window on average, over all that its source read; one that does not list it counts as none, so
    /// that the figure is the least there can have been.
    let mostPeople: [Item]
    /// By people of a single window.
    let biggestPeaks: [Item]
    /// By lists in a row, those before the stretch included.
    let longestStreaks: [Item]
    /// Each board has a hashtag once. Listed for the first time, those of the most people first.
    let debuts: [Item]
    /// Listed again, those away for the longest first.
    let returns: [Item]
    /// Hashtags.
    let debutCount: Int
    let returnCount: Int

    /// A hashtag in a list of one source.
    struct Item: Sendable {
        /// The line that the item is about; of the averages, the one of the most people.
        let entry: ListEntry
        let figure: Int
    }

    /// - Parameters:
    ///   - windows: Of every source; within a source in order of time.
    ///   - always: What is there nearly always: of such hashtags that most people wrote them says nothing.
    init(
        of windows: some Sequence<RecordedWindow>, without always: Set<ExactText> = [],
        places: Int = 5
    ) {
        var tags: [Key: Standing] = [:]
        var (debuts, returns) = ([Item](), [Item]())
        var windowCounts: [ExactText: Int] = [:]
        for window in windows where window.wasRead {
            windowCounts[ExactText(window.row.source), default: 0] += 1
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
        func count(_ items: [Item]) -> Int { Set(items.map(\.entry.key)).count }
        (debutCount, returnCount) = (count(debuts), count(returns))
        func best(_ items: some Sequence<Item>) -> [Item] {
            var (seen, best): (Set<ExactText>, [Item]) = ([], [])
            for item in items.sorted(by: Item.precedes) where best.count < places {
                if seen.insert(item.entry.key).inserted { best.append(item) }
            }
            return best
        }
        let standings = tags.values
        mostPeople = best(
            tags.filter { !always.contains($0.key.tag) }.map { key, standing in
                Item(
                    entry: standing.peak,
                    figure: standing.people / (windowCounts[key.source] ?? 1))
            }.filter { $0.figure > 0 })
        biggestPeaks = best(
            standings.filter { !always.contains($0.peak.key) }.map {
                Item(entry: $0.peak, figure: $0.peak.row.accounts)
            })
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
