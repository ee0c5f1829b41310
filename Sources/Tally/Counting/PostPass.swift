import Decode
import Hashtags

/// First pass: which version of each post holds, and whether it counts. Passes on authors and tags.
///
/// Reads a partition twice, first to find the versions that hold, then to count them, so that only
/// their places have to be kept: 32 bytes a post.
struct PostPass: Sendable {
    /// Authors of counted posts, 8 bytes each.
    private(set) var authors: SpillLog
    /// A `TagUse` for each key of each counted post.
    private(set) var uses: SpillLog
    private(set) var posts = 0
    private(set) var tagged = 0
    private(set) var read = ReadCounts()
    /// Of the one hashtag that is to be explained.
    private(set) var explanation: TagExplanation?
    /// Counted posts by time, if that is asked for.
    private(set) var curve: PostCurve?
    /// If their context is asked for, uses tell of it, and nothing else is passed on.
    private var listed: ListedTags?
    private let ledgers: [PostLedger]
    /// Nil if deletions and removals undo nothing: `--keep-deleted`.
    private let removals: AccountRemovals?
    /// Of the partitions of uses.
    private let salt: (UInt64, UInt64)
    /// The versions that hold, of the partition's posts.
    private var holders = HashTable<Holder>()
    /// Below which version they are deleted.
    private var deletions = HashTable<UInt64>()
    /// Of posts whose ids have 128 bits.
    private var names = WideNames()
    /// Of posts that came more than once, each version that came.
    private var versions = HashSet()
    /// For each ledger, the partition's counted posts by their set of languages.
    private var languagePosts: [[Int]]

    /// The version of a post that holds among those met so far.
    private struct Holder {
        var version: UInt64
        var order: UInt64
        /// The entry's place in the partition.
        var place: UInt32
        var isRanked: Bool

        init(_ entry: LedgerEntry, place: UInt32) {
            (version, order) = (entry.version, entry.order)
            (self.place, isRanked) = (place, entry.isRanked)
        }

        /// Of one version delivered twice, where versions have a rank, the first one holds.
        func gives(wayTo other: Holder) -> Bool {
            guard isRanked, other.isRanked else { return order <= other.order }
            return version == other.version ? order > other.order : version < other.version
        }

        /// The same for each delivery of the version.
        func mark(of post: UInt64) -> UInt64 { post &+ version &* 0x9E37_79B9_7F4A_7C15 }
    }

    init(
        ledgers: [PostLedger], removals: AccountRemovals?, byteBudget: Int, salt: (UInt64, UInt64),
        explanation: TagExplanation? = nil, listed: ListedTags? = nil, curve: PostCurve? = nil
    ) {
        self.curve = curve
        self.listed = listed
        self.ledgers = ledgers
        self.removals = removals
        self.salt = salt
        self.explanation = explanation
        languagePosts = ledgers.map { Array(repeating: 0, count: $0.languageSets.count) }
        authors = SpillLog(byteBudget: byteBudget / 4)
        uses = SpillLog(byteBudget: byteBudget * 3 / 4)
    }

    /// Reads one partition of every ledger and counts what holds.
    mutating func resolve(_ partition: Int) throws(TallyError) {
        holders.removeAll()
        deletions.removeAll()
        names.removeAll()
        versions.removeAll()
        try forEachEntry(of: partition) { pass, entry, place, _, bytes throws(TallyError) in
            try pass.explanation?.deliver(entry, bytes)
            pass.take(entry, place: place)
        }
        read.ids += holders.count
        try forEachEntry(of: partition) { pass, entry, place, ledger, bytes throws(TallyError) in
            guard !entry.isDeletion, pass.holders[entry.post]?.place == place else { return }
            try pass.count(entry, of: ledger, bytes)
        }
        countLanguages()
    }

    /// Keeps only what it passes on: what follows needs the memory.
    mutating func end() {
        (holders, deletions) = (HashTable(), HashTable())
        (names, versions) = (WideNames(), HashSet())
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
        _ body: (inout Self, LedgerEntry, UInt32, _ ledger: Int, UnsafeRawBufferPointer)
            throws(TallyError) -> Void
    ) throws(TallyError) {
        var place: UInt32 = 0
        for (index, ledger) in ledgers.enumerated() {
            try ledger.log.read(partition) { bytes throws(TallyError) in
                var reader = RawReader(bytes)
                while !reader.isAtEnd {
                    var entry = try LedgerEntry(from: &reader)
                    entry.order &+= ledger.orderBase
                    if let tails = entry.tails {
                        entry.post = names.name(entry.post, tails.post)
                    }
                    try body(&self, entry, place, index, bytes)
                    place += 1
                }
            }
        }
    }

    private mutating func take(_ entry: LedgerEntry, place: UInt32) {
        if entry.isDeletion {
            let known = deletions[entry.post] ?? 0
            deletions.updateValue(max(known, entry.version), forKey: entry.post)
            return
        }
        let holder = Holder(entry, place: place)
        guard let known = holders.updateValue(holder, forKey: entry.post) else { return }
        versions.insert(known.mark(of: entry.post))
        if !versions.insert(holder.mark(of: entry.post)) { read.duplicates += 1 }
        if !known.gives(wayTo: holder) { holders.updateValue(known, forKey: entry.post) }
    }

    private mutating func count(
        _ version: LedgerEntry, of ledger: Int, _ bytes: UnsafeRawBufferPointer
    ) throws(TallyError) {
        let removal = removal(of: version)
        try explanation?.resolve(version, bytes, removal: removal)
        if let removal {
            removal.count(in: &read)
            return
        }
        if let reason = version.dropReason {
            read.droppedPosts[reason, default: 0] += 1
            return
        }
        // Taken out meanwhile, as nobody else may look at what changes.
        if var listed = listed.take() {
            defer { self.listed = listed }
            return try listed.forEachUse(of: version, in: bytes, salt: salt) { partition, use in
                uses.append(to: partition) { use.write(to: &$0) }
            }
        }
        posts += 1
        curve?.add(version.time, times: ledgers[ledger].rules.sample.oneIn)
        if version.languages != .max { languagePosts[ledger][Int(version.languages)] += 1 }
        if let author = version.author {
            authors.append(to: SpillLog.partition(of: author)) {
                $0.append(number: author)
                if let tails = version.tails { $0.append(number: tails.author) }
            }
        }
        var hasTag = false
        try version.forEachItem(in: bytes) { item in
            switch item {
            case .link: break
            case .dropped(let reason): read.droppedTags[reason, default: 0] += 1
            case .counts(let key, let spelling):
                hasTag = true
                let use = TagUse(
                    key: key, spelling: spelling, author: version.author,
                    tail: version.tails?.author)
                uses.append(to: use.partition(salt: salt)) { use.write(to: &$0) }
            }
        }
        if hasTag { tagged += 1 }
    }

    /// What took the post out; a deletion, if its account's removal does too.
    private func removal(of version: LedgerEntry) -> PostRemoval? {
        guard let removals else { return nil }
        if let below = deletions[version.post], !version.isRanked || version.version < below {
            return .deletion
        }
        return removals.takeOut(version) ? .accountRemoval : nil
    }
}
