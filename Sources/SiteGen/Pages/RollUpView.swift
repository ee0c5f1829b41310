import Calendar

/// What stood out in a stretch of time, as lists of a few hashtags each.
struct RollUpView: View {
    let stories: StoriesView
    let hasBoards: Bool
    let boards: [BoardView]

    struct BoardView: View {
        let title: String
        let note: String
        let items: [ItemView]
    }

    struct ItemView: View {
        let tag: HashtagView
        let figure: String
        let detail: String
        let window: Link
    }

    /// Of the days from `first` up to and without `end`.
    init(from first: CivilDate, to end: CivilDate, _ site: Site, _ linker: Linker) {
        let windows = site.history.mergedSources
            .map { $0.windows(from: Timestamp(first), to: Timestamp(end)) }.filter { !$0.isEmpty }
        let index = site.history.index
        let always = Evergreens(from: Timestamp(first), to: Timestamp(end), in: index)
        stories = StoriesView(from: first, to: end, always: always, site, linker)
        let rollUp = RollUp(of: windows.lazy.flatMap(\.self), without: index.keys(of: always))
        let hasSeveral = windows.count > 1
        func board(
            _ title: String, _ note: String, _ items: [RollUp.Item],
            _ figure: (RollUp.Item) -> String
        ) -> BoardView {
            BoardView(
                title: title, note: note,
                items: items.map { item in
                    let row = item.entry.row
                    return ItemView(
                        tag: HashtagView(row, site, linker),
                        figure: figure(item),
                        detail: site.shortMoment(row.slot)
                            + (hasSeveral ? ", \(site.title(of: row.source))" : ""),
                        window: linker.to(.window(row.slot)))
                })
        }
        let people = { (item: RollUp.Item) in Wording.count(item.figure, "person", "people") }
        let list = Wording.top(site.settings.top)
        boards = [
            board(
                "Most people",
                "in a period, on average over all that were read; without what is always here",
                rollUp.mostPeople
            ) { "at least \(people($0))" },
            board(
                "Biggest peak", "most people in one period; without what is always here",
                rollUp.biggestPeaks, people),
            board(
                "Longest streak", "in the \(list) without a break, up to the time named",
                rollUp.longestStreaks
            ) { Wording.count($0.figure, "time", "times") },
            board(
                "Debuts", Self.total(rollUp.debutCount, "in the \(list) for the first time"),
                rollUp.debuts, people),
            board(
                "Returns", Self.total(rollUp.returnCount, "back in the \(list)"), rollUp.returns
            ) { "after \(Self.absence(seconds: $0.figure))" },
        ]
        .filter { !$0.items.isEmpty }
        hasBoards = !boards.isEmpty
    }

    private static func total(_ count: Int, _ what: String) -> String {
        count > 5 ? "\(Wording.number(count)) were \(what), five of them here" : what
    }

    private static func absence(seconds: Int) -> String {
        seconds < 86_400
            ? Wording.duration(seconds: seconds) : Wording.count(seconds / 86_400, "day", "days")
    }
}
