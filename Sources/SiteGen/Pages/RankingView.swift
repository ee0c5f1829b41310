import Archive

/// A list of a window: the popular or the trending hashtags.
struct RankingView: View {
    let caption: String
    let hasEntries: Bool
    /// What is said where the list is empty.
    let emptiness: String
    let entries: [EntryView]

    /// The hashtags of the most people, with how long each has been there.
    init(
        popular window: RecordedWindow, sparks: Sparklines?, site: Site, linker: Linker
    ) {
        self.init(
            site.settings.rankedByPosts ? "Ranked by posts" : "Ranked by people", window.entries,
            "No hashtag was counted.", sparks, site, linker
        ) { Wording.stay($0, site) }
    }

    /// The hashtags of more people than usual; nil if no one could tell yet.
    init?(
        trending window: RecordedWindow, places: Int = .max, sparks: Sparklines? = nil, site: Site,
        linker: Linker
    ) {
        guard let trends = window.trends else { return nil }
        self.init(
            "First what is least likely to be chance", Array(trends.prefix(places)),
            "Nothing stood out: no hashtag had many more people than usual.", sparks, site, linker,
            note: Wording.reason)
    }

    private init(
        _ caption: String, _ list: [ListEntry], _ emptiness: String, _ sparks: Sparklines?,
        _ site: Site, _ linker: Linker, note: (ListEntry) -> String
    ) {
        self.caption = caption
        self.emptiness = emptiness
        let most = list.map { site.measure(of: $0.row) }.max() ?? 0
        hasEntries = !list.isEmpty
        entries = list.map {
            EntryView(
                $0, most: most, note: note($0), spark: sparks?.view(of: $0.key), site: site,
                linker: linker)
        }
    }
}

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
