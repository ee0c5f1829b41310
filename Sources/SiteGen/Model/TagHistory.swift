import Archive
import Text

/// The hashtags in the order in which they first appeared, made when they are asked for.
struct TagHistories: RandomAccessCollection, Sendable {
    let index: ArchiveIndex

    var startIndex: Int { 0 }
    var endIndex: Int { index.tables.tags.count }
    subscript(position: Int) -> TagHistory {
        TagHistory(Int32(position), of: index)
    }

    /// Whether the hashtag with this key was in a list.
    func holds(_ key: String) -> Bool { index.tables.tag(key) != nil }

    /// As it was written when it was listed for the first time: later lists do not change it. The key of a hashtag that
    /// was in no list.
    func spelling(of key: String) -> Spelling {
        guard let number = index.tables.tag(key) else { return Spelling(key, key: key) }
        return spelling(of: index.tables.tags[Int(number)], key: key)
    }

    private func spelling(of tag: TagEntry, key: String) -> Spelling {
        let row = index.tables.rows[Int(tag.firstRow)]
        return Spelling(index.tables.texts[row.spelling], key: key)
    }

    /// What an index says of a hashtag.
    struct Listing: Sendable {
        let spelling: Spelling
        let slug: String
        /// Slots in which it was listed.
        let windowCount: Int
    }

    /// Of the hashtag of that number, without a look at its history.
    func listing(_ number: Int32) -> Listing {
        let tag = index.tables.tags[Int(number)]
        let row = index.tables.rows[Int(tag.lastRow)]
        let key = index.tables.texts[tag.key]
        return Listing(
            spelling: spelling(of: tag, key: key),
            slug: Slug.segment(for: key), windowCount: Int(row.slotCount))
    }

    /// Of the hashtag with this key; nil unless it had been listed by that window.
    func listing(_ key: String, by window: Int32?) -> Listing? {
        guard let window, let number = index.tables.tag(key) else { return nil }
        let first = index.tables.tags[Int(number)].firstRow
        return index.tables.rows[Int(first)].window <= window ? listing(number) : nil
    }

    /// The numbers of the hashtags listed in the most slots, as the index counts; of as many, those that came first.
    func mostListed(_ most: Int) -> [Int32] {
        let tables = index.tables
        let counts = tables.tags.map {
            Int32(IndexCount.atLeast(Int(tables.rows[Int($0.lastRow)].slotCount)))
        }
        guard most < counts.count else { return sorted(Array(counts.indices), by: counts) }
        let least = counts.sorted(by: >)[most]
        return Array(sorted(counts.indices.filter { counts[$0] >= least }, by: counts).prefix(most))
    }

    private func sorted(_ numbers: [Int], by counts: [Int32]) -> [Int32] {
        numbers.sorted { counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1] }
            .map(Int32.init)
    }
}

/// Counts in the index of hashtags, whose pages would change with every list if they were told to the last one.
enum IndexCount {
    /// The last of 0, 1, 2, 5, 10, 20, 50, 100 and so on that is not above it.
    static func atLeast(_ value: Int) -> Int {
        guard value > 0 else { return 0 }
        var unit = 1
        while unit * 10 <= value { unit *= 10 }
        return unit * ([5, 2].first { unit * $0 <= value } ?? 1)
    }
}

/// Everywhere one hashtag was listed.
struct TagHistory: Sendable {
    let key: ExactText
    let slug: String
    /// Its lines of popular lists, in order of slot, then source. Not empty if the others are.
    let rows: [TopRow]
    /// Its lines of trending lists, in the same order.
    let trendingRows: [TopRow]
    /// Its lines in popular and trending lists, one for each window, in the same order.
    let allRows: [TopRow]
    /// Its number, those of its lines of popular lists, and those of the windows of `allRows`.
    let number: Int32
    let rowNumbers: [Int32]
    let windowNumbers: [Int32]

    init(_ number: Int32, of index: ArchiveIndex) {
        let text = index.tables.texts[index.tables.tags[Int(number)].key]
        key = ExactText(text)
        self.slug = Slug.segment(for: text)
        self.number = number
        var rowNumbers: [Int32] = []
        var (rows, trendingRows, allRows) = ([TopRow](), [TopRow](), [TopRow]())
        var windowNumbers: [Int32] = []
        let places = index.rows(ofTag: number)
        rowNumbers.reserveCapacity(places.count)
        rows.reserveCapacity(places.count)
        allRows.reserveCapacity(places.count)
        windowNumbers.reserveCapacity(places.count)
        // Mostly the same.
        var spelling: (number: Int32, text: String) = (-1, "")
        // The popular list of a window comes before its trending one.
        for place in places {
            let entry = index.tables.rows[Int(place)]
            if entry.spelling != spelling.number {
                spelling = (entry.spelling, index.tables.texts[entry.spelling])
            }
            let row = index.row(entry, tag: text, spelling: spelling.text)
            if index.isTrending(place) {
                trendingRows.append(row)
            } else {
                rowNumbers.append(place)
                rows.append(row)
            }
            if windowNumbers.last != entry.window {
                allRows.append(row)
                windowNumbers.append(entry.window)
            }
        }
        self.rowNumbers = rowNumbers
        self.windowNumbers = windowNumbers
        self.rows = rows
        self.trendingRows = trendingRows
        self.allRows = allRows
    }

    /// Slots in which it was listed, by one source or several.
    var windowCount: Int {
        zip(allRows, allRows.dropFirst()).count { $0.slot != $1.slot } + min(1, allRows.count)
    }

    /// As it was written when it was listed for the first time.
    var spelling: Spelling { Spelling(allRows.first?.spelling ?? "", key: key.text) }
}

extension TagHistory {
    /// Best place in a popular list; nil if it only ever trended.
    var bestRank: Int? { rows.map(\.rank).min() }

    /// The line of the most people, the earliest of equals.
    var peak: TopRow? {
        allRows.max {
            $0.accounts < $1.accounts || ($0.accounts == $1.accounts && $0.slot > $1.slot)
        }
    }

    var dayCount: Int { Set(allRows.map(\.slot.date)).count }

    /// Most frequent first, then in order of scalars.
    var spellings: [(text: String, count: Int)] {
        var counts: [ExactText: Int] = [:]
        for row in allRows { counts[ExactText(row.spelling), default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { ($0.key.text, $0.value) }
    }

    /// Sources that listed it, by name, with the number of windows.
    var sources: [(name: String, count: Int)] {
        var counts: [ExactText: Int] = [:]
        for row in allRows { counts[ExactText(row.source), default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value) }
    }
}

extension History {
    /// The most popular lists in a row of one source that a hashtag was in; gaps are skipped.
    func longestStreak(of tag: TagHistory) -> Int {
        tag.rowNumbers.map { Int(index.tables.rows[Int($0)].streak) }.max() ?? 0
    }
}
