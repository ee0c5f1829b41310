import Archive
import Text

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
            site.settings.rankedByPosts ? "Ranked by posts" : "Ranked by people",
            window.entries.map { ($0.row.rank, Story($0)) },
            "No hashtag was counted.", sparks, site, linker,
            size: { Double(site.measure(of: $0.lead.row)) }, moved: \.lead.movement,
            note: { Wording.stay($0, site) })
    }

    /// The hashtags of more people than usual; nil if no one could tell yet.
    init?(
        trending window: RecordedWindow, places: Int = .max, sparks: Sparklines? = nil, site: Site,
        linker: Linker
    ) {
        guard let trends = window.trends else { return nil }
        let stories = Story.all(trends, site.contexts[window.number].stories)
        self.init(
            "First what is least likely to be chance",
            stories.prefix(places).enumerated().map { ($0.offset + 1, $0.element) },
            "Nothing stood out: no hashtag had many more people than usual.", sparks, site, linker,
            size: \.score, moved: \.movement, note: Wording.reason)
    }

    private init(
        _ caption: String, _ list: [(rank: Int, story: Story)], _ emptiness: String,
        _ sparks: Sparklines?, _ site: Site, _ linker: Linker, size: (Story) -> Double,
        moved: (Story) -> Movement?, note: (ListEntry) -> String
    ) {
        self.caption = caption
        self.emptiness = emptiness
        let most = list.map { size($0.story) }.max() ?? 0
        hasEntries = !list.isEmpty
        entries = list.map { rank, story in
            EntryView(
                story, rank: rank, bar: size(story) / max(most, .leastNormalMagnitude),
                moved: moved(story), note: note(story.lead),
                spark: sparks?.view(of: story.lead.key), site: site,
                linker: linker)
        }
    }
}

/// One line of a list.
struct EntryView: View {
    let rank: String
    let tag: HashtagView
    let people: String
    let peopleNoun: String
    let posts: String
    let postsNoun: String
    let moved: MovementView?
    /// Why it is there, or for how long.
    let note: String
    /// Width of the bar, of 100: what the list is ranked by.
    let bar: String
    let spark: SparklineView?
    let hasParts: Bool
    /// The other hashtags of the same story.
    let parts: [PartView]

    struct PartView: View {
        let tag: HashtagView
        let people: String

        init(_ entry: ListEntry, _ site: Site, _ linker: Linker) {
            tag = HashtagView(entry.row, site, linker)
            people = Wording.count(entry.row.accounts, "person", "people")
        }
    }

    struct MovementView: View {
        let mark: String
        let word: String
        let places: String?

        init(_ movement: Movement) {
            (mark, word) = (movement.mark, movement.word)
            places = movement.places.map { String($0) }
        }
    }

    init(
        _ story: Story, rank: Int, bar: Double, moved: Movement?, note: String,
        spark: SparklineView?, site: Site, linker: Linker
    ) {
        let row = story.lead.row
        self.rank = String(rank)
        hasParts = !story.parts.isEmpty
        parts = story.parts.map { PartView($0, site, linker) }
        tag = HashtagView(row, site, linker)
        people = Wording.number(row.accounts)
        peopleNoun = Wording.noun(row.accounts, "person", "people")
        posts = Wording.number(row.posts)
        postsNoun = Wording.noun(row.posts, "post", "posts")
        self.moved = moved.map(MovementView.init)
        self.note = note
        self.bar = FixedPoint.text(100 * bar, decimals: 1)
        self.spark = spark
    }
}
