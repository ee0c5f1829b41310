/// Every post of a window with the version that holds, so that edits and deletions are undone exactly.
///
/// Needs about 60 bytes for each post and 200 for each distinct tag. Holds salted hashes, no ids.
struct PostLedger: EventSink {
    private let rules: CountingRules
    private var tags = TagTable()
    private var entries: [UInt64: Entry] = [:]
    /// For each deleted post the highest revision deleted.
    private var deletions: [UInt64: Limit<UInt64>] = [:]
    /// For each removed account the latest time in microseconds.
    private var removals: [UInt64: Limit<Int64>] = [:]
    private var languageSets = LanguageSets()
    private var read = ReadCounts()

    /// Up to where something is taken out, and the record that said so first.
    private struct Limit<Value: Comparable> {
        var upTo: Value
        let firstRecord: Int

        static func raised(_ known: Self?, to value: Value, record: Int) -> Self {
            Limit(upTo: max(known?.upTo ?? value, value), firstRecord: known?.firstRecord ?? record)
        }
    }

    private struct Entry {
        var revision: UInt64?
        var author: UInt64?
        var time: Int64?
        var dropReason: PostDropReason?
        var languages: UInt16
        /// Numbers of the tags as delivered, in order.
        var tags: [UInt32]
    }

    init(rules: CountingRules) { self.rules = rules }

    /// Takes in what one record says.
    mutating func record(_ event: StreamEvent) {
        read.records += 1
        switch event {
        case .invalid: read.invalid += 1
        case .notice: read.notices += 1
        case .deletion(let post, let revision, _):
            read.deletes += 1
            deletions[post] = .raised(deletions[post], to: revision ?? .max, record: read.records)
        case .accountRemoval(let author, let time):
            read.accountRemovals += 1
            removals[author] = .raised(removals[author], to: time, record: read.records)
        case .post(let post): deliver(post)
        }
    }

    private mutating func deliver(_ post: Post) {
        read.deliveries += 1
        if post.wasScanned { read.scanned += 1 }
        if post.isEdit { read.edits += 1 }
        if let known = entries[post.id] {
            if !post.isEdit { read.duplicates += 1 }
            if let old = known.revision, let new = post.revision, new <= old { return }
        }
        let numbers = post.tags.map { tags.number(of: $0) }
        let reason = rules.dropReason(of: post, distinctTags: distinctKeys(numbers).count)
        entries[post.id] = Entry(
            revision: post.revision, author: post.author, time: post.time, dropReason: reason,
            languages: languageSets.number(of: post.languages), tags: numbers)
    }

    /// The keys of a post's tags with the spelling that stands first, in order.
    private func distinctKeys(_ numbers: [UInt32]) -> [(key: UInt32, spelling: UInt32)] {
        var found: [(key: UInt32, spelling: UInt32)] = []
        var seen: Set<UInt32> = []
        for number in numbers {
            guard case .counts(let key, let spelling) = tags.meanings[Int(number)],
                seen.insert(key).inserted
            else { continue }
            found.append((key, spelling))
        }
        return found
    }

    /// What took the post out: whichever was said first of its deletion and its account's removal.
    private func removal(of entry: Entry, id: UInt64) -> WritableKeyPath<ReadCounts, Int>? {
        guard !rules.keepDeleted else { return nil }
        let deletion = deletions[id].flatMap { limit in
            entry.revision.map { $0 < limit.upTo } ?? true ? limit.firstRecord : nil
        }
        let removal = entry.author.flatMap { removals[$0] }.flatMap { limit in
            entry.time.map { $0 <= limit.upTo } ?? true ? limit.firstRecord : nil
        }
        guard let removal else { return deletion.map { _ in \.deleted } }
        return deletion ?? .max < removal ? \.deleted : \.removedWithAccount
    }

    /// Counts what is there now. Reading may go on.
    func tally() -> Tally {
        var counting = TagCounting(tags: tags)
        var tally = Tally()
        tally.read = read
        tally.read.ids = entries.count
        var authors: Set<UInt64> = []
        for (id, entry) in entries {
            if let removal = removal(of: entry, id: id) {
                tally.read[keyPath: removal] += 1
                continue
            }
            if let reason = entry.dropReason {
                tally.read.droppedPosts[reason, default: 0] += 1
                continue
            }
            tally.posts += 1
            if let author = entry.author { authors.insert(author) }
            for language in languageSets[entry.languages] {
                tally.read.languages[language, default: 0] += 1
            }
            for number in entry.tags {
                if case .dropped(let reason) = tags.meanings[Int(number)] {
                    tally.read.droppedTags[reason, default: 0] += 1
                }
            }
            let keys = distinctKeys(entry.tags)
            if !keys.isEmpty { tally.tagged += 1 }
            for (key, spelling) in keys {
                counting.add(key: key, spelling: spelling, author: entry.author)
            }
        }
        tally.accounts = authors.count
        tally.tags = counting.counts()
        return tally
    }
}
