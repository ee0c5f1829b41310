import Decode
import Links

/// Everything a window was told of its posts, so that edits and deletions are undone exactly.
///
/// Keeps salted hashes, no ids: 48 bytes a delivery, and for each of its tags 5 bytes, the key and the
/// spelling; beyond `byteBudget` on disk. What holds in the end is worked out by `LedgerResolution`, of
/// one ledger or of several that took in parts of the window, in order: a 256th part at a time, for
/// each worker, with 32 bytes a post, about 80 bytes, the key and the spelling a tag, and 16 bytes for
/// each account that uses it. Fifty million posts with five million tags take 126 MB.
public struct PostLedger: RecordingSink, Sendable {
    let rules: CountingRules
    /// Those of the other rules, which are told the same.
    private(set) var editions: [PostLedger]
    private(set) var log: SpillLog
    public private(set) var read = ReadCounts()
    private(set) var languageSets = LanguageSets()
    /// For each removed account, up to which time in microseconds its posts are taken out.
    private(set) var removals: [AccountID: Int64] = [:]
    /// Whether its ids have 128 bits.
    private(set) var isWide = false
    /// Of the event at hand.
    private var tails: EventTails?
    /// Added to the places of its entries, so that ledgers which were numbered apart have an order.
    private(set) var orderBase: UInt64 = 0
    /// The place of the last record in the order of the source.
    private var order: UInt64 = 0
    private var tags = TagTable()
    /// Those of the post at hand; kept for its memory.
    private var encodedTags: [UInt8] = []

    /// Bytes in memory before a ledger goes on on disk: 6 MiB.
    public static let standardBudget = 6 << 20

    public init(rules: CountingRules, byteBudget: Int = standardBudget) {
        self.rules = rules
        let byteBudget = byteBudget / (1 + rules.editions.count)
        log = SpillLog(byteBudget: byteBudget)
        editions = rules.editions.map { PostLedger(rules: $0, byteBudget: byteBudget) }
    }

    /// A ledger that was kept elsewhere, to be read; its records come behind the place `orderBase` in the order of
    /// the source.
    init(
        rules: CountingRules, log: SpillLog, read: ReadCounts, languageSets: LanguageSets,
        removals: [AccountID: Int64], orderBase: UInt64, isWide: Bool
    ) {
        (self.rules, self.log, self.read) = (rules, log, read)
        (self.languageSets, self.removals) = (languageSets, removals)
        (self.orderBase, self.isWide) = (orderBase, isWide)
        editions = []
    }

    /// Says where in the order of the source the next records stand, each one place behind the one before.
    ///
    /// Where the version of a post that was delivered last holds, this order tells which one that is,
    /// whatever ledger it came into.
    public mutating func begin(at order: UInt64) {
        self.order = order
        for edition in editions.indices { editions[edition].begin(at: order) }
    }

    public var recordCount: Int { read.records }
    public var invalidCount: Int { read.invalid }

    public mutating func leaveOut(_ member: String, of archive: String) {
        var members = MembersLeftOut()
        members.add(member, of: archive)
        leaveOut(members)
    }

    /// Takes in what was left out of archives that tell of the window.
    public mutating func leaveOut(_ members: MembersLeftOut) {
        read.membersLeftOut.add(members)
        for edition in editions.indices { editions[edition].leaveOut(members) }
    }

    /// Takes in what one record says.
    public mutating func record(_ event: consuming StreamEvent) {
        for edition in editions.indices { editions[edition].record(copy event) }
        read.records += 1
        order += 1
        switch consume event {
        case .invalid: read.invalid += 1
        case .notice: read.notices += 1
        case .post(let post): deliver(post)
        case .accountRemoval(let author, let time):
            read.accountRemovals += 1
            let account = AccountID(head: author, tail: tails?.author ?? 0)
            removals[account] = max(removals[account] ?? time, time)
        case .deletion(let post, let revision, _):
            read.deletes += 1
            var entry = LedgerEntry(post: post)
            entry.isDeletion = true
            entry.version = revision ?? .max
            entry.tails = tails
            append(entry)
        }
    }

    /// The same of ids of 128 bits, with their second halves.
    public mutating func record(_ event: consuming StreamEvent, tails: EventTails) {
        (isWide, self.tails) = (true, tails)
        record(event)
    }

    /// The same as `record(.notice)`, faster.
    public mutating func recordNotice() {
        for edition in editions.indices { editions[edition].recordNotice() }
        read.records += 1
        read.notices += 1
        order += 1
    }

    /// Takes in that a record was left out for the time it told.
    public mutating func recordMistimed() {
        for edition in editions.indices { editions[edition].recordMistimed() }
        read.records += 1
        read.mistimed += 1
    }

    private mutating func deliver(_ post: borrowing Post) {
        read.deliveries += 1
        if post.wasScanned { read.scanned += 1 }
        if post.isEdit { read.edits += 1 }
        guard rules.sample.holds(post.author ?? post.id) else {
            read.unsampled += 1
            return
        }
        var entry = LedgerEntry(post: post.id)
        entry.version = post.revision ?? post.version
        entry.isRanked = post.revision != nil
        entry.order = order
        entry.tails = tails
        entry.author = post.author
        entry.time = post.time
        entry.isEdit = post.isEdit
        entry.languages = languageSets.number(of: post.languages)
        guard !post.tags.isEmpty else {
            entry.dropReason = rules.dropReason(of: post, distinctTags: 0)
            return append(entry)
        }
        tags.begin()
        encodedTags.removeAll(keepingCapacity: true)
        var distinctTags = 0
        for tag in post.tags where tags.append(tag, to: &encodedTags) { distinctTags += 1 }
        entry.dropReason = rules.dropReason(of: post, distinctTags: distinctTags)
        if entry.dropReason == nil { for link in post.links { encode(link) } }
        encodedTags.withUnsafeBytes { append(entry, tags: $0) }
    }

    private mutating func encode(_ link: PostLink) {
        var (address, title) = (link.address, link.title)
        address.withUTF8 { address in
            title.withUTF8 { title in
                LedgerEntry.encode(
                    .link(
                        address: UnsafeRawBufferPointer(address),
                        title: UnsafeRawBufferPointer(title)), to: &encodedTags)
            }
        }
    }

    private mutating func append(
        _ entry: LedgerEntry,
        tags: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    ) {
        log.append(to: SpillLog.partition(of: entry.post)) { entry.write(to: &$0, tags: tags) }
    }
}
