import Archive
import Calendar
import Text

/// What moves people to write more than usual: hashtags of a trending list that the same people wrote, under the
/// strongest of them; mostly there is but one. Also a popular hashtag, which stands for itself.
struct Story: Sendable {
    let lead: ListEntry
    /// The best place of any of them, and its score.
    let rank: Int
    let score: Double
    /// The others, strongest first; each keeps its own numbers.
    var parts: [ListEntry] = []

    init(_ entry: ListEntry) {
        (lead, rank, score) = (entry, entry.row.rank, entry.row.score ?? 0)
    }

    private init?(_ entries: [ListEntry]) {
        guard let first = entries.first,
            let best = entries.min(by: { $0.row.rank < $1.row.rank })
        else { return nil }
        lead = first
        (rank, score) = (best.row.rank, best.row.score ?? 0)
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

    var keys: [ExactText] { [lead.key] + parts.map(\.key) }
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

    /// What a page says first of windows of one slot: what is unusual, else what most people wrote; each hashtag once.
    func leaders(in windows: [RecordedWindow]) -> [String] {
        var seen: Set<ExactText> = []
        let stories = stories(in: windows).prefix(3).map(\.lead.key)
        return (stories.isEmpty ? windows.compactMap { $0.entries.first?.key } : stories)
            .filter { seen.insert($0).inserted }.map { spelling(of: $0.text).titled }
    }
}
