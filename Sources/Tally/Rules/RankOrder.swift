import Text

/// What a list goes by first; the other comes second, and the key's scalar order last.
public enum RankOrder: String, CaseIterable, Sendable {
    case accounts
    case posts

    /// Whether `left` stands before `right`. Always the same answer for the same counts.
    func precedes(_ left: TagCount, _ right: TagCount) -> Bool {
        let (one, other) =
            switch self {
            case .accounts: ((left.accounts, left.posts), (right.accounts, right.posts))
            case .posts: ((left.posts, left.accounts), (right.posts, right.accounts))
            }
        return one == other ? ExactText(left.key) < ExactText(right.key) : one > other
    }
}
