import Archive

/// One line of a list.
struct EntryView: View {
    let rank: String
    /// Without `#`.
    let tag: String
    let tagLink: Link
    let people: String
    let posts: String
    let moved: MovementView?
    /// What the archive expected at this hour, if it is far less.
    let surprise: String?
    /// Width of the bar, of 100.
    let share: String

    struct MovementView: View {
        let mark: String
        let word: String
        let places: String?
    }

    init(_ entry: ListEntry, most: Int, site: Site, linker: Linker) {
        let row = entry.row
        rank = String(row.rank)
        tag = Spelling(row.spelling, key: row.tag).text
        tagLink = linker.to(.tag(slug: site.slug(of: row.tag)))
        people = Wording.number(row.accounts)
        posts = Wording.number(row.posts)
        moved = entry.movement.map {
            MovementView(
                mark: $0.mark, word: $0.word, places: $0.places.map { String($0) })
        }
        surprise = Self.surprise(row)
        share = FixedPoint.text(
            100 * Double(site.measure(of: row)) / Double(max(1, most)), decimals: 1)
    }

    /// The threshold of trending: five people or more, at least twice as many as expected.
    private static func surprise(_ row: TopRow) -> String? {
        guard let expected = row.expected, row.accounts >= 5, Double(row.accounts) >= 2 * expected
        else { return nil }
        return expected < 0.5
            ? "hardly ever seen at this hour"
            : "usually \(FixedPoint.text(expected, decimals: 0)) at this hour"
    }
}
