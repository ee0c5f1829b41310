import Decode
import Hashtags

/// What a share of a slot's posts comes to, apart from their hashtags, as the header of a file has it.
struct ResolvedCounts: Codable, Hashable, Sendable {
    var posts = 0
    var tagged = 0
    var ids = 0
    var duplicates = 0
    var deleted = 0
    var removedWithAccount = 0
    /// By the reasons' names.
    var droppedPosts: [String: Int] = [:]
    var droppedTags: [String: Int] = [:]
    /// By their codes.
    var languages: [String: Int] = [:]

    init() {}

    init(posts: Int, tagged: Int, _ read: ReadCounts) {
        (self.posts, self.tagged) = (posts, tagged)
        (ids, duplicates) = (read.ids, read.duplicates)
        (deleted, removedWithAccount) = (read.deleted, read.removedWithAccount)
        func named<Key>(_ counts: [Key: Int], _ name: (Key) -> String) -> [String: Int] {
            Dictionary(counts.map { (name($0.key), $0.value) }, uniquingKeysWith: +)
        }
        droppedPosts = named(read.droppedPosts, \.rawValue)
        droppedTags = named(read.droppedTags, \.rawValue)
        languages = named(read.languages, \.description)
    }

    /// Whether no count is below zero, or above what any slot has: sums cannot run over.
    var isSound: Bool {
        ([posts, tagged, ids, duplicates, deleted, removedWithAccount]
            + droppedPosts.values + droppedTags.values + languages.values)
            .allSatisfy { (0...1 << 48).contains($0) } && read != nil
    }

    mutating func add(_ other: ResolvedCounts) {
        posts += other.posts
        tagged += other.tagged
        ids += other.ids
        duplicates += other.duplicates
        deleted += other.deleted
        removedWithAccount += other.removedWithAccount
        droppedPosts.merge(other.droppedPosts, uniquingKeysWith: +)
        droppedTags.merge(other.droppedTags, uniquingKeysWith: +)
        languages.merge(other.languages, uniquingKeysWith: +)
    }

    /// Nil if it names a reason or a language that is none.
    var read: ReadCounts? {
        var read = ReadCounts()
        (read.ids, read.duplicates) = (ids, duplicates)
        (read.deleted, read.removedWithAccount) = (deleted, removedWithAccount)
        for (name, count) in droppedPosts {
            guard let reason = PostDropReason(rawValue: name) else { return nil }
            read.droppedPosts[reason] = count
        }
        for (name, count) in droppedTags {
            guard let reason = TagDropReason(rawValue: name) else { return nil }
            read.droppedTags[reason] = count
        }
        for (code, count) in languages {
            guard let language = Language(code) else { return nil }
            read.languages[language] = count
        }
        return read
    }
}
