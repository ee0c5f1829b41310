import Archive

/// Everywhere one hashtag was listed, in order of slot, then source.
struct TagHistory: Sendable {
    let key: ExactText
    let slug: String
    /// The rows of the lists it was in; never empty.
    let rows: [TopRow]

    init(key: ExactText, slug: String, rows: [TopRow]) {
        self.key = key
        self.slug = slug
        self.rows = rows
    }

    /// Slots in which it was listed, by one source or several.
    var windowCount: Int { Set(rows.map(\.slot)).count }

    /// As it was written most recently.
    var spelling: Spelling { Spelling(rows.last?.spelling ?? "", key: key.text) }
}
