/// The hashtags whose context is asked for, and what each post tells of it.
struct ListedTags: Sendable {
    let tags: [TagCount]
    let rules: ContextRules
    private let numbers: ByteTable
    /// The keys of the post at hand, and the numbers of those that are listed; kept for their memory.
    private var found: [Int?] = []
    private var key: [UInt8] = []

    /// Each key once.
    init(_ tags: [TagCount], rules: ContextRules) {
        self.rules = rules
        var numbers = ByteTable()
        var kept: [TagCount] = []
        for tag in tags {
            let number = Array(tag.key.utf8).withUnsafeBytes { numbers.number(of: $0) }
            if number == kept.count { kept.append(tag) }
        }
        self.tags = kept
        self.numbers = numbers
    }

    /// The number of a key; nil if it is not listed.
    func number(of key: UnsafeRawBufferPointer) -> Int? { numbers.find(key) }

    /// Calls `body` with each use that the post makes: of a listed hashtag together with another, or an address.
    mutating func forEachUse(
        of version: LedgerEntry, in bytes: UnsafeRawBufferPointer, salt: (UInt64, UInt64),
        _ body: (_ partition: Int, TagUse) -> Void
    ) throws(TallyError) {
        found.removeAll(keepingCapacity: true)
        var isListed = false
        try version.forEachItem(in: bytes) { item in
            guard case .counts(let key, _) = item else { return }
            let number = numbers.find(key)
            found.append(number)
            isListed = isListed || number != nil
        }
        guard isListed, let author = version.author else { return }
        for (place, number) in found.enumerated() {
            guard let number else { continue }
            var other = 0
            try version.forEachItem(in: bytes) { item in
                switch item {
                case .dropped: break
                case .counts(let key, _):
                    if other != place, rules.related { emit(.related(key), number, author) }
                    other += 1
                case .link(let address, let title):
                    emit(.link(address: address), number, author)
                    if !title.isEmpty { emit(.title(title, address: address), number, author) }
                }
            }
        }

        func emit(_ use: ContextUse, _ number: Int, _ author: UInt64) {
            key.removeAll(keepingCapacity: true)
            use.write(with: number, to: &key)
            let partition = use.partition(with: number, salt: salt)
            key.withUnsafeBytes {
                let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
                body(
                    partition,
                    TagUse(
                        key: $0, spelling: nothing, author: author, tail: version.tails?.author))
            }
        }
    }
}
