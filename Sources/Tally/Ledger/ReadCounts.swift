import Archive
import Decode
import Hashtags

/// What was read of a stream, and what became of it.
public struct ReadCounts: Hashable, Sendable {
    /// Whether something came, and nothing of a post's life in it: it may be another format. A few notices alone are what a
    /// quiet stream has.
    public var holdsNoPost: Bool {
        deliveries == 0 && deletes == 0 && accountRemovals == 0 && records > 0
            && (invalid == records || records >= Self.fewNotices)
    }
    private static let fewNotices = 16

    /// JSON values, events, or lines of text.
    public var records = 0
    /// Records that are not what the format says.
    public var invalid = 0
    /// Records that tell no time, or one that cannot be true.
    public var mistimed = 0
    /// Records that are neither post nor deletion.
    public var notices = 0
    /// Deletions of posts.
    public var deletes = 0
    public var accountRemovals = 0
    /// Delivered versions of posts.
    public var deliveries = 0
    /// Of the deliveries, later versions of a post.
    public var edits = 0
    /// Of the deliveries, those of a version that had come before.
    public var duplicates = 0
    /// Of the deliveries, those whose tags were found in the text.
    public var scanned = 0
    /// Of the deliveries, those of accounts outside of the sample; what follows is of the sample.
    public var unsampled = 0
    /// Distinct posts.
    public var ids = 0
    /// Of these, taken out by a deletion, and by an account's removal.
    public var deleted = 0
    public var removedWithAccount = 0
    /// Of what is left, posts left out, by reason.
    public var droppedPosts: [PostDropReason: Int] = [:]
    /// Tags of counted posts, as delivered, that do not count, by reason.
    public var droppedTags: [TagDropReason: Int] = [:]
    /// Counted posts by language; a post in two counts for both.
    public var languages: [Language: Int] = [:]
    /// Members of archives without a record of the format; their lines are among `invalid`.
    public var membersLeftOut = MembersLeftOut()

    public init() {}

    /// Adds what was read of another part of the stream.
    mutating func add(_ other: ReadCounts) {
        records += other.records
        invalid += other.invalid
        mistimed += other.mistimed
        notices += other.notices
        deletes += other.deletes
        accountRemovals += other.accountRemovals
        deliveries += other.deliveries
        edits += other.edits
        duplicates += other.duplicates
        scanned += other.scanned
        unsampled += other.unsampled
        ids += other.ids
        deleted += other.deleted
        removedWithAccount += other.removedWithAccount
        droppedPosts.merge(other.droppedPosts, uniquingKeysWith: +)
        droppedTags.merge(other.droppedTags, uniquingKeysWith: +)
        languages.merge(other.languages, uniquingKeysWith: +)
        membersLeftOut.add(other.membersLeftOut)
    }

    /// Records, posts and hashtags that were read and not counted, under the names of `count --json`.
    public var reasons: DropReasons {
        var counts = ["invalid": invalid, "deleted": deleted]
        counts["mistimed"] = mistimed
        counts["removed_with_account"] = removedWithAccount
        for (reason, count) in droppedPosts { counts[reason.rawValue] = count }
        for (reason, count) in droppedTags {
            counts[DropReasons.tagPrefix + reason.rawValue] = count
        }
        return DropReasons(counts)
    }
}
