import Archive

/// One line of a published list and how it moved; nil in the first list of a source.
struct ListEntry: Sendable {
    let row: TopRow
    let movement: Movement?

    var key: ExactText { ExactText(row.tag) }
}
