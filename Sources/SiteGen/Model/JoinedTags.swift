import Archive
import Text

extension [TopRow] {
    /// Hashtags of a trending list that the same people wrote, and those that are joined with these; of each story the
    /// strongest first.
    func joined(by related: [RelatedRow]) -> [[ExactText]] {
        let rows = Dictionary(
            map { (ExactText($0.tag), $0) }, uniquingKeysWith: { one, _ in one })
        var stories = map { [ExactText($0.tag)] }
        for row in related {
            let (tag, other) = (ExactText(row.tag), ExactText(row.other))
            guard let accounts = rows[tag]?.accounts, let others = rows[other]?.accounts,
                row.accounts >= 5, row.accounts * 10 >= Swift.min(accounts, others) * 3,
                let one = stories.firstIndex(where: { $0.contains(tag) }),
                let two = stories.firstIndex(where: { $0.contains(other) }), one != two
            else { continue }
            stories[Swift.min(one, two)] += stories[Swift.max(one, two)]
            stories.remove(at: Swift.max(one, two))
        }
        return stories.filter { $0.count > 1 }.map { story in
            story.sorted { left, right in
                guard let one = rows[left], let other = rows[right] else { return left < right }
                return (other.accounts, other.posts, left) < (one.accounts, one.posts, right)
            }
        }
    }
}

/// What a list of the running slot, which no build has made a page of, has in common with the pages.
public enum RunningList {
    /// Where the page of a hashtag lies in the site, if it has one: `tags/art/`.
    public static func page(of tag: String) -> String { "tags/\(Slug.segment(for: tag))/" }

    /// The keys of trending hashtags that the same people wrote, of each story the strongest first.
    public static func stories(_ trending: [TopRow], _ related: [RelatedRow]) -> [[String]] {
        trending.joined(by: related).map { $0.map(\.text) }
    }
}
