import Archive

/// Everywhere one hashtag was listed.
struct TagHistory: Sendable {
    let key: ExactText
    let slug: String
    /// Its lines of popular lists, in order of slot, then source. Not empty if the others are.
    let rows: [TopRow]
    /// Its lines of trending lists, in the same order.
    let trendingRows: [TopRow]

    /// Slots in which it was listed, by one source or several.
    var windowCount: Int { Set((rows + trendingRows).map(\.slot)).count }

    /// As it was written most recently.
    var spelling: Spelling {
        let last = [rows.last, trendingRows.last].compactMap(\.self)
            .max { $0.slot < $1.slot }
        return Spelling(last?.spelling ?? "", key: key.text)
    }
}
