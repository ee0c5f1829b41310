@testable import Tally

extension Counts {
    /// As `ReferenceCount` puts it.
    var comparable: [String] {
        var dropped = Dictionary(uniqueKeysWithValues: read.droppedPosts.map { ($0.rawValue, $1) })
        if read.deleted > 0 { dropped["deleted"] = read.deleted }
        if read.removedWithAccount > 0 { dropped["removed with account"] = read.removedWithAccount }
        return ["duplicates \(read.duplicates)"]
            + ["posts \(posts) tagged \(tagged) accounts \(accounts)"]
            + dropped.map { "\($0) \($1)" }.sorted()
            + tags.sorted(by: RankOrder.accounts.precedes).map {
                "\(ReferenceCount.hex($0.key)) \(ReferenceCount.hex($0.spelling)) \($0.posts) \($0.accounts)"
            }
    }
}
