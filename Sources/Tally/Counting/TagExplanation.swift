import Hashtags
import Text

/// Why a hashtag has its number: what became of every post that was delivered with it.
public struct TagExplanation: Sendable {
    public struct Spelling: Hashable, Sendable {
        public var text: String
        public var posts: Int
    }

    public let key: String
    /// Of the posts with the hashtag: deliveries, distinct ids, and what was taken out or left out.
    public private(set) var read = ReadCounts()
    /// Posts that count.
    public private(set) var posts = 0
    /// Distinct authors of these posts.
    public private(set) var accounts = 0
    /// The posts by the spelling they gave it, most frequent first.
    public private(set) var spellings: [Spelling] = []
    /// Why it may not be listed; nil if it may, or has no posts.
    public private(set) var hold: TagHoldReason?

    init(key: String) { self.key = key }

    /// Deliveries that a later one of the same post replaced, and those that came too late.
    public var merged: Int { read.deliveries - read.ids }

    /// Takes note of a delivery, if the hashtag is among its tags.
    mutating func deliver(
        _ entry: LedgerEntry, _ bytes: UnsafeRawBufferPointer
    ) throws(TallyError) {
        guard !entry.isDeletion else { return }
        if try holds(entry, bytes) { read.deliveries += 1 }
    }

    /// Takes note of the version of a post that holds: taken out, left out, or counted.
    mutating func resolve(
        _ version: LedgerEntry, _ bytes: UnsafeRawBufferPointer, removal: PostRemoval?
    ) throws(TallyError) {
        guard try holds(version, bytes) else { return }
        read.ids += 1
        if let removal {
            removal.count(in: &read)
        } else if let reason = version.dropReason {
            read.droppedPosts[reason, default: 0] += 1
        }
    }

    /// Takes over what was counted of the hashtag.
    mutating func count(_ tag: TagCount, spellings: [Spelling], hold: TagHoldReason?) {
        (posts, accounts, self.hold) = (tag.posts, tag.accounts, hold)
        self.spellings = spellings.sorted {
            $0.posts == $1.posts ? ExactText($0.text) < ExactText($1.text) : $0.posts > $1.posts
        }
    }

    /// Adds what was found in other partitions. A key is counted in one of them alone.
    mutating func merge(_ other: TagExplanation) {
        read.add(other.read)
        if other.posts > 0 {
            (posts, accounts, hold) = (other.posts, other.accounts, other.hold)
            spellings = other.spellings
        }
    }

    private func holds(
        _ entry: LedgerEntry, _ bytes: UnsafeRawBufferPointer
    ) throws(TallyError) -> Bool {
        var found = false
        try entry.forEachItem(in: bytes) { item in
            if case .counts(let key, _) = item, key.elementsEqual(self.key.utf8) { found = true }
        }
        return found
    }
}
