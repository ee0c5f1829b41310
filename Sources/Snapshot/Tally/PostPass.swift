/// First pass: which version of each post holds, and whether it counts. Passes on authors and tags.
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

    /// What is known of one post while its partition is read.
    private struct Finding {
        var version: LedgerEntry?
        /// The ledger whose bytes hold the version's tags.
        var ledger = 0
        /// The highest revision deleted, and the first deletion.
        var deletedBelow: UInt64?
        var deletedAt: Arrival?
    }

    init(
        ledgers: [PostLedger], removals: AccountRemovals, byteBudget: Int,
        explanation: TagExplanation? = nil
    ) {
        self.ledgers = ledgers
        self.removals = removals
        self.explanation = explanation
        authors = SpillLog(byteBudget: byteBudget / 4)
        uses = SpillLog(byteBudget: byteBudget * 3 / 4)
    }

    /// Reads one partition of every ledger and counts what holds.
    mutating func resolve(_ partition: Int) throws {
        let bytes = try ledgers.map { try $0.log.bytes(of: partition) }
        var findings: [UInt64: Finding] = [:]
        for ledger in ledgers.indices {
            bytes[ledger].withUnsafeBytes { bytes in
                var reader = RawReader(bytes)
                while !reader.isAtEnd {
                    let entry = LedgerEntry(from: &reader)
                    explanation?.deliver(entry, bytes)
                    take(entry, of: ledger, into: &findings[entry.post, default: Finding()])
                }
            }
        }
        for finding in findings.values {
            bytes[finding.ledger].withUnsafeBytes { count(finding, $0) }
        }
    }

    private mutating func take(_ entry: LedgerEntry, of ledger: Int, into finding: inout Finding) {
        if entry.isDeletion {
            let revision = entry.revision ?? .max
            finding.deletedBelow = max(finding.deletedBelow ?? revision, revision)
            finding.deletedAt =
                finding.deletedAt ?? Arrival(ledger: ledger, record: entry.time ?? 0)
            return
        }
        if let known = finding.version {
            if !entry.isEdit { read.duplicates += 1 }
            if let old = known.revision, let new = entry.revision, new <= old { return }
        }
        (finding.version, finding.ledger) = (entry, ledger)
    }

    private mutating func count(_ finding: Finding, _ bytes: UnsafeRawBufferPointer) {
        guard let version = finding.version else { return }
        read.ids += 1
        let removal = removal(of: version, finding)
        explanation?.resolve(version, bytes, removal: removal)
        if let removal {
            read[keyPath: removal] += 1
            return
        }
        if let reason = version.dropReason {
            read.droppedPosts[reason, default: 0] += 1
            return
        }
        posts += 1
        for language in ledgers[finding.ledger].languageSets[version.languages] {
            read.languages[language, default: 0] += 1
        }
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
                uses.append(to: use.partition) { use.write(to: &$0) }
            }
        }
        if hasTag { tagged += 1 }
    }

    /// What took the post out: whichever was said first of its deletion and its account's removal.
    private func removal(
        of version: LedgerEntry, _ finding: Finding
    ) -> WritableKeyPath<ReadCounts, Int>? {
        guard !removals.areIgnored else { return nil }
        let deletedAt = finding.deletedBelow.flatMap { limit in
            version.revision.map { $0 < limit } ?? true ? finding.deletedAt : nil
        }
        let removedAt = removals.arrival(of: version)
        guard let removedAt else { return deletedAt.map { _ in \.deleted } }
        return deletedAt.map { $0 < removedAt } == true ? \.deleted : \.removedWithAccount
    }
}
