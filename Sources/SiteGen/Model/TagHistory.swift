import Archive

/// Everywhere one hashtag was listed, in order of slot, then source.
struct TagHistory: Sendable {
    let key: ExactText
    let slug: String
    /// Its rows of popular lists.
    let rows: [TopRow]
    /// Its rows of trending lists; with `rows`, never empty.
    let trendingRows: [TopRow]
    /// Its number, and that of each of its rows.
    private let number: Int32
    private let rowNumbers: [Int32]
    private let index: ArchiveIndex

    init(_ number: Int32, of index: ArchiveIndex, slug: Slug) {
        self.number = number
        self.index = index
        let key = index.tables.texts[index.tables.tags[Int(number)].key]
        self.key = ExactText(key)
        self.slug = slug.segment(for: key)
        rowNumbers = index.rows(ofTag: number)
        rows = rowNumbers.filter { !index.isTrending($0) }.map(index.row)
        trendingRows = rowNumbers.filter(index.isTrending).map(index.row)
    }

    /// Slots in which it was listed, in whatever list.
    var windowCount: Int { rowNumbers.last.map { Int(index.tables.rows[Int($0)].slotCount) } ?? 0 }

    /// As it was written most recently.
    var spelling: Spelling { Spelling(spellings.first ?? "", key: key.text) }

    /// Every spelling it was listed in, the latest first.
    var spellings: [String] {
        var seen: Set<Int32> = []
        var texts: [ExactText] = []
        for row in rowNumbers.reversed() {
            let spelling = index.tables.rows[Int(row)].spelling
            guard seen.insert(spelling).inserted else { continue }
            let text = ExactText(index.tables.texts[spelling])
            if !texts.contains(text) { texts.append(text) }
        }
        return texts.map(\.text)
    }

    var firstSlot: Timestamp { rowNumbers.first.map(index.slot(ofRow:)) ?? Self.never }
    var lastSlot: Timestamp { rowNumbers.last.map(index.slot(ofRow:)) ?? Self.never }

    /// The best place in a popular list; nil if it only ever trended.
    var bestRank: Int? { rows.map(\.rank).min() }

    /// The row of the most people, the first of several.
    var peak: TopRow? {
        (rows + trendingRows).min { ($1.accounts, $0.slot) < ($0.accounts, $1.slot) }
    }

    /// Days on which it was listed.
    var dayCount: Int { Set(rowNumbers.map { index.slot(ofRow: $0).date }).count }

    /// The most popular lists of one source in a row that it was in; gaps are skipped.
    var longestStreak: Int {
        rowNumbers.filter { !index.isTrending($0) }
            .map { Int(index.tables.rows[Int($0)].streak) }.max() ?? 0
    }

    /// Names of the sources that listed it, in order of their names.
    var sources: [String] {
        let numbers = Set(
            rowNumbers.map { index.tables.windows[Int(index.tables.rows[Int($0)].window)].source })
        return numbers.map { ExactText(index.name(ofSource: $0)) }.sorted().map(\.text)
    }

    private static let never = Timestamp(secondsSinceEpoch: 0)
}

extension TagHistory {
    /// A hashtag that was popular in windows in which another one was listed.
    struct Companion: Sendable {
        /// Its row in the latest window they share.
        let row: TopRow
        /// Windows they share.
        let count: Int
    }

    /// The hashtags that share the most windows with it; of as many, those that did so last, then by key.
    func companions(_ most: Int) -> [Companion] {
        var shared: [Int32: (count: Int, last: Int32)] = [:]
        var done: Int32 = -1
        for row in rowNumbers {
            let window = index.tables.rows[Int(row)].window
            guard window != done else { continue }
            done = window
            let entry = index.tables.windows[Int(window)]
            for other in entry.firstRow..<entry.firstRow + entry.popularCount {
                let tag = index.tables.rows[Int(other)].tag
                if tag != number { shared[tag] = ((shared[tag]?.count ?? 0) + 1, other) }
            }
        }
        // A row is of one window and of one hashtag, so the order is the same every time.
        return shared.values.sorted { ($0.count, $0.last) > ($1.count, $1.last) }.prefix(most)
            .map { Companion(row: index.row($0.last), count: $0.count) }
    }
}
