import Archive
import Calendar
import Text

/// What moves people to write more than usual: hashtags of a trending list that the same people wrote, under the
/// strongest of them; mostly there is but one. Also a popular hashtag, which stands for itself.
struct Story: Sendable {
    let lead: ListEntry
    /// The best of any of them.
    let score: Double
    /// The others, strongest first; each keeps its own numbers.
    var parts: [ListEntry] = []

    init(_ entry: ListEntry) {
        (lead, score) = (entry, entry.row.score ?? 0)
    }

    private init?(_ entries: [ListEntry]) {
        guard let first = entries.first else { return nil }
        (lead, score) = (first, entries.compactMap(\.row.score).max() ?? 0)
        parts = Array(entries.dropFirst())
    }

    /// In the order of the list; a story where the first of its hashtags stands.
    static func all(_ list: [ListEntry], _ stories: [[ExactText]]) -> [Story] {
        let entries = Dictionary(list.map { ($0.key, $0) }, uniquingKeysWith: { one, _ in one })
        var told: Set<ExactText> = []
        return list.compactMap { entry in
            guard !told.contains(entry.key) else { return nil }
            let story = stories.first { $0.contains(entry.key) } ?? [entry.key]
            told.formUnion(story)
            return Story(story.compactMap { entries[$0] })
        }
    }

    /// It was there before as any of its hashtags was: their places are in a list of hashtags, and stories have others.
    var movement: Movement? {
        let movements = ([lead] + parts).compactMap(\.movement)
        guard !movements.isEmpty else { return nil }
        if movements.allSatisfy({ $0 == .new }) { return .new }
        return movements.allSatisfy { $0 == .new || $0 == .back } ? .back : .stays
    }

    var keys: [ExactText] { [lead.key] + parts.map(\.key) }
}

/// What a page says first of windows of one slot.
struct Leaders {
    /// False where it is what most people wrote, as nothing was; nil where nobody could tell, or nothing was counted.
    let isUnusual: Bool?
    /// Three hashtags at the most, each once.
    let rows: [TopRow]
    /// How they are written, with `#`.
    let titles: [String]
}

extension Site {
    /// What is unusual in windows of one slot, the strongest first; a hashtag is told where it is strongest.
    func stories(in windows: [RecordedWindow]) -> [Story] {
        let all = windows.flatMap { window in
            Story.all(window.trends ?? [], contexts[window.number].stories)
        }
        var told: Set<ExactText> = []
        return all.enumerated()
            .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
            .map(\.element).filter { story in
                defer { told.formUnion(story.keys) }
                return !told.contains(story.lead.key)
            }
    }

    /// What is unusual, else what most people wrote: the first of each source, then the second.
    func leaders(in windows: [RecordedWindow]) -> Leaders {
        let stories = stories(in: windows).map(\.lead)
        let lists = stories.isEmpty ? windows.map { $0.entries.prefix(3) } : []
        let popular = (0..<3).flatMap { place in lists.compactMap { $0.dropFirst(place).first } }
        var seen: Set<ExactText> = []
        let rows = (stories + popular).filter { seen.insert($0.key).inserted }.prefix(3).map(\.row)
        let isKnown = !rows.isEmpty && windows.contains { $0.trends != nil }
        return Leaders(
            isUnusual: isKnown ? !stories.isEmpty : nil, rows: rows,
            titles: rows.map { spelling(of: $0.tag).titled })
    }
}
