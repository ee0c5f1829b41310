import Archive

/// One line of a published list and how it moved; nil in the first list of a source.
struct ListEntry: Sendable {
    let row: TopRow
    let movement: Movement?
    /// Lists in a row that it is in, this one included; gaps are skipped.
    let streak: Int
    /// The list before this one that it was in; nil if it never was.
    let before: Timestamp?

    var key: ExactText { ExactText(row.tag) }
}
