import Archive
import Calendar

@testable import SiteGen

extension SiteFixture {
    /// A window of 800 people and these hashtags, each with its people, how many are usual, and its score; what has a score
    /// of 15 or more trends.
    func archive(
        _ slot: Timestamp, of source: String = "east", _ tags: [(String, Int, Double, Double)],
        isTrending: Bool = true
    ) throws {
        let top = tags.enumerated().map { rank, tag in
            TopRow(
                slot: slot, source: source, rank: rank + 1, tag: tag.0, spelling: tag.0,
                posts: tag.1, accounts: tag.1, expected: tag.2, score: tag.3, bounds: 0)
        }
        let trending = top.filter { $0.score ?? 0 >= 15 }.sorted { $0.score ?? 0 > $1.score ?? 0 }
            .enumerated().map { rank, row in
                var row = row
                row.rank = rank + 1
                return row
            }
        var window = madeWindow(slot, source, status: .complete)
        (window.posts, window.accounts, window.tags) = (1000, 800, tags.count)
        try ArchiveWriter(folder: archive).append(
            window, top: top, trending: isTrending ? trending : [], tail: [])
    }
}
