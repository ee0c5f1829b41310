import Archive

/// One line of a list.
struct EntryView: View {
    let rank: String
    let tag: HashtagView
    let people: String
    let posts: String
    let moved: MovementView?
    /// Why it is there, or for how long.
    let note: String
    /// Width of the bar, of 100.
    let share: String
    let spark: SparklineView?

    struct MovementView: View {
        let mark: String
        let word: String
        let places: String?
    }

    init(
        _ entry: ListEntry, most: Int, note: String, spark: SparklineView?, site: Site,
        linker: Linker
    ) {
        let row = entry.row
        rank = String(row.rank)
        tag = HashtagView(row, site, linker)
        people = Wording.number(row.accounts)
        posts = Wording.number(row.posts)
        moved = entry.movement.map {
            MovementView(mark: $0.mark, word: $0.word, places: $0.places.map { String($0) })
        }
        self.note = note
        share = FixedPoint.text(
            100 * Double(site.measure(of: row)) / Double(max(1, most)), decimals: 1)
        self.spark = spark
    }
}
