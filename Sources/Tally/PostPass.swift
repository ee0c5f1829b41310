import Decode

/// First pass: which version of each post holds, and whether it counts. Passes on authors and tags.
///
/// Reads a partition twice, first to find the versions that hold, then to count them, so that only
/// their places have to be kept: 24 bytes a post.
struct PostPass: Sendable {
    /// Authors of counted posts, 8 bytes each.
    let authors: SpillLog
    /// A `TagUse` for each key of each counted post.
    let uses: SpillLog
    private(set) var posts = 0
    private(set) var tagged = 0
    private(set) var read = ReadCounts()
    /// Of the one hashtag that is to be explained.
    private(set) var explanation: TagExplanation?
    private let ledgers: [PostLedger]
    private let removals: AccountRemovals
    /// Of the partitions of uses.
    private let salt: (UInt64, UInt64)
    /// The versions that hold, and the deletions, of the partition's posts.
    private var versions = HashTable<Version>()
    private var deletions = HashTable<Deletion>()
    /// For each ledger, the partition's counted posts by their set of languages.
    private var languagePosts: [[Int]]

    private struct Version {
        var revision: UInt64?
        /// The entry's place in the partition.
        var place: UInt32
    }

    private struct Deletion {
        /// Lower revisions are deleted.
        var below: UInt64
        /// When a deletion was first told of.
        var arrival: Arrival
    }

    init(
        ledgers: [PostLedger], removals: AccountRemovals, byteBudget: Int, salt: (UInt64, UInt64),
        explanation: TagExplanation? = nil
    ) {
        self.ledgers = ledgers
        self.removals = removals
        self.salt = salt
        self.explanation = explanation
        languagePosts = ledgers.map { Array(repeating: 0, count: $0.languageSets.count) }
        authors = SpillLog(byteBudget: byteBudget / 4)
        uses = SpillLog(byteBudget: byteBudget * 3 / 4)
    }

    /// Reads one partition of every ledger and counts what holds.
    mutating func resolve(_ partition: Int) throws {
        versions.removeAll()
        deletions.removeAll()
        try forEachEntry(of: partition) { pass, entry, place, ledger, bytes in
            pass.explanation?.deliver(entry, bytes)
            pass.take(entry, place: place, ledger: ledger)
        }
        read.ids += versions.count
        try forEachEntry(of: partition) { pass, entry, place, ledger, bytes in
            guard !entry.isDeletion, pass.versions[entry.post]?.place == place else { return }
            pass.count(entry, of: ledger, bytes)
        }
        countLanguages()
    }

    private mutating func countLanguages() {
        for (ledger, sets) in zip(ledgers, languagePosts.indices) {
            for (set, posts) in languagePosts[sets].enumerated() where posts > 0 {
                languagePosts[sets][set] = 0
                for language in ledger.languageSets[UInt16(set)] {
                    read.languages[language, default: 0] += posts
                }
            }
        }
    }

    private mutating func forEachEntry(
        of partition: Int,
        _ body: (inout Self, LedgerEntry, UInt32, _ ledger: Int, UnsafeRawBufferPointer) -> Void
    ) throws {
        var place: UInt32 = 0
        for (index, ledger) in ledgers.enumerated() {
            try ledger.log.read(partition) { bytes in
                var reader = RawReader(bytes)
                while !reader.isAtEnd {
                    body(&self, LedgerEntry(from: &reader), place, index, bytes)
                    place += 1
                }
            }
        }
    }

    private mutating func take(_ entry: LedgerEntry, place: UInt32, ledger: Int) {
        if entry.isDeletion {
            let revision = entry.revision ?? .max
            let arrival = Arrival(ledger: ledger, record: entry.time ?? 0)
            let known = deletions[entry.post] ?? Deletion(below: revision, arrival: arrival)
            let whole = Deletion(below: max(known.below, revision), arrival: known.arrival)
            deletions.updateValue(whole, forKey: entry.post)
            return
        }
        let version = Version(revision: entry.revision, place: place)
        guard let known = versions.updateValue(version, forKey: entry.post) else { return }
        if !entry.isEdit { read.duplicates += 1 }
        if let old = known.revision, let new = entry.revision, new <= old {
            versions.updateValue(known, forKey: entry.post)
        }
    }

    private mutating func count(
        _ version: LedgerEntry, of ledger: Int, _ bytes: UnsafeRawBufferPointer
    ) {
        let removal = removal(of: version)
        explanation?.resolve(version, bytes, removal: removal)
        if let removal {
            removal.count(in: &read)
            return
        }
        if let reason = version.dropReason {
            read.droppedPosts[reason, default: 0] += 1
            return
        }
        posts += 1
        if version.languages != .max { languagePosts[ledger][Int(version.languages)] += 1 }
        if let author = version.author {
            authors.append(to: SpillLog.partition(of: author)) { $0.append(number: author) }
        }
        var hasTag = false
        version.forEachTag(in: bytes) { tag in
            switch tag {
            case .dropped(let reason): read.droppedTags[reason, default: 0] += 1
            case .counts(let key, let spelling):
                hasTag = true
                let use = TagUse(key: key, spelling: spelling, author: version.author)
                uses.append(to: use.partition(salt: salt)) { use.write(to: &$0) }
            }
        }
        if hasTag { tagged += 1 }
    }

    /// What took the post out: whichever was said first of its deletion and its account's removal.
    private func removal(of version: LedgerEntry) -> PostRemoval? {
        guard !removals.areIgnored else { return nil }
        let deletedAt = deletions[version.post].flatMap { deletion in
            version.revision.map { $0 < deletion.below } ?? true ? deletion.arrival : nil
        }
        let removedAt = removals.arrival(of: version)
        guard let removedAt else { return deletedAt.map { _ in .deletion } }
        return deletedAt.map { $0 < removedAt } == true ? .deletion : .accountRemoval
    }
}
