import Archive

/// A window in the history of a hashtag.
struct TagRowView: View {
    let link: Link
    let slotTime: String
    let slotLabel: String
    let source: String
    let rank: String
    let trend: String
    let people: String
    let usual: String
    let posts: String

    /// Latest first.
    static func all(_ rows: [TopRow], _ history: TagHistory, _ linker: Linker) -> [TagRowView] {
        let (popular, trending) = (ranks(history.rows), ranks(history.trendingRows))
        return rows.reversed().map { row in
            TagRowView(
                link: linker.to(.window(row.slot)), slotTime: row.slot.description,
                slotLabel: TagView.label(row.slot), source: row.source,
                rank: popular[Window(row)].map { String($0) } ?? "–",
                trend: trending[Window(row)].map { String($0) } ?? "–",
                people: Wording.number(row.accounts),
                usual: row.expected.map { FixedPoint.text($0, decimals: 0) } ?? "–",
                posts: Wording.number(row.posts))
        }
    }

    private static func ranks(_ rows: [TopRow]) -> [Window: Int] {
        Dictionary(rows.map { (Window($0), $0.rank) }, uniquingKeysWith: { one, _ in one })
    }

    private struct Window: Hashable {
        let slot: Timestamp
        let source: ExactText

        init(_ row: TopRow) { (slot, source) = (row.slot, ExactText(row.source)) }
    }
}
