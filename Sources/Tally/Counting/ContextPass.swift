import Text

/// Last pass over context: how many accounts wrote and gave what together with each listed hashtag.
struct ContextPass: Sendable {
    private let listed: ListedTags
    private let rules: CountingRules
    private var related: [BestRelated]
    private var links: [BestLinks]
    /// Of the partition at hand; kept for its memory.
    private var counts = KeyCounts()

    init(of listed: ListedTags, rules: CountingRules) {
        self.listed = listed
        self.rules = rules
        related = listed.tags.map { _ in BestRelated() }
        links = listed.tags.map { _ in BestLinks() }
    }

    /// Counts the uses of one partition of the logs.
    mutating func count(_ partition: Int, of logs: [SpillLog]) throws {
        try counts.count(partition, of: logs)
        // Those that enough accounts delivered: few.
        var titles: [Place: (text: String, accounts: Int)] = [:]
        counts.forEachKey { bytes, accounts in
            let (use, number) = ContextUse.read(bytes)
            let accounts = accounts * rules.sample.oneIn
            guard case .title(let title, let address) = use, accounts >= fewestAccounts(number)
            else { return }
            let place = Place(address, number)
            let text = String(decoding: title, as: UTF8.self)
            if let best = titles[place],
                (-best.accounts, ExactText(best.text)) < (-accounts, ExactText(text))
            {
                return
            }
            titles[place] = (text, accounts)
        }
        counts.forEachKey { bytes, accounts in
            let (use, number) = ContextUse.read(bytes)
            let accounts = accounts * rules.sample.oneIn
            switch use {
            case .title: break
            case .related(let key):
                related[number].add(
                    key, accounts, isListed: listed.number(of: key) != nil, rules: rules)
            case .link(let address):
                guard accounts >= fewestAccounts(number) else { return }
                let place = Place(address, number)
                links[number].add(
                    TagContext.TagLink(
                        address: place.address, title: titles[place]?.text ?? "",
                        accounts: accounts))
            }
        }
    }

    /// An address of a listed hashtag.
    private struct Place: Hashable {
        let address: String
        let number: Int

        init(_ address: UnsafeRawBufferPointer, _ number: Int) {
            (self.address, self.number) = (String(decoding: address, as: UTF8.self), number)
        }
    }

    /// Adds what another pass found in other partitions.
    mutating func merge(_ other: ContextPass) {
        for number in listed.tags.indices {
            related[number].merge(other.related[number])
            links[number].merge(other.links[number])
        }
    }

    var contexts: [TagContext] {
        listed.tags.indices.map { number in
            TagContext(
                tag: listed.tags[number].key, related: related[number].ranked,
                links: links[number].ranked)
        }
    }

    private func fewestAccounts(_ number: Int) -> Int {
        listed.rules.fewestAccounts(of: listed.tags[number])
    }
}
