import Calendar
import Text

/// A row that tells something of one hashtag of one window.
protocol WindowTag: ArchiveRow {
    var slot: Timestamp { get }
    var source: String { get }
    var tag: String { get }
    var accounts: Int { get }
}

/// A row of one hashtag of one window.
protocol ListedTag: WindowTag {
    var posts: Int { get }
}

extension TopRow: ListedTag {}
extension TailRow: ListedTag {}
extension RelatedRow: WindowTag {}
extension LinkRow: WindowTag {}

/// The two orders a list may have: what comes first, the other second, the key's scalars last.
enum ListOrder: CaseIterable, Sendable {
    case accounts
    case posts

    func precedes(_ left: some ListedTag, _ right: some ListedTag) -> Bool {
        let (one, other) =
            switch self {
            case .accounts: ((left.accounts, left.posts), (right.accounts, right.posts))
            case .posts: ((left.posts, left.accounts), (right.posts, right.accounts))
            }
        return one == other
            ? ExactText(left.tag) < ExactText(right.tag) : one > other
    }
}
