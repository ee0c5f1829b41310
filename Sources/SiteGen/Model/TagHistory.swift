import Archive

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
    /// Its number, and those of its lines of popular lists.
    let number: Int32
    let rowNumbers: [Int32]

    init(_ number: Int32, of index: ArchiveIndex, slug: Slug) {
        let text = index.tables.texts[index.tables.tags[Int(number)].key]
        key = ExactText(text)
        self.slug = slug.segment(for: text)
        self.number = number
        var rowNumbers: [Int32] = []
        var (rows, trendingRows, allRows) = ([TopRow](), [TopRow](), [TopRow]())
        var window: Int32 = -1
        // The popular list of a window comes before its trending one.
        for place in index.rows(ofTag: number) {
            let row = index.row(place)
            if index.isTrending(place) {
                trendingRows.append(row)
            } else {
                rowNumbers.append(place)
                rows.append(row)
            }
            if index.tables.rows[Int(place)].window != window { allRows.append(row) }
            window = index.tables.rows[Int(place)].window
        }
        self.rowNumbers = rowNumbers
        self.rows = rows
        self.trendingRows = trendingRows
        self.allRows = allRows
    }

    /// Slots in which it was listed, by one source or several.
    var windowCount: Int {
        zip(allRows, allRows.dropFirst()).count { $0.slot != $1.slot } + min(1, allRows.count)
    }

    /// As it was written most recently.
    var spelling: Spelling { Spelling(allRows.last?.spelling ?? "", key: key.text) }
}
