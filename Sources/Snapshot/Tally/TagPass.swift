import Archive

/// Last pass: posts, distinct accounts and the spelling of each key.
struct TagPass: Sendable {
    /// The best of those that may be listed.
    private(set) var listed: BestTags
    /// The best of those kept as the baseline of later windows.
    private(set) var tail: BestTags
    private(set) var tagCount = 0
    /// Of the one hashtag that is to be explained.
    private(set) var explanation: TagExplanation?
    private let rules: CountingRules

    init(rules: CountingRules, limit: Int, explanation: TagExplanation? = nil) {
        self.rules = rules
        self.explanation = explanation
        listed = BestTags(rules: rules, limit: limit)
        var tailRules = rules
        tailRules.minimumAccounts = TailRow.fewestAccounts
        tail = BestTags(rules: tailRules, limit: TailRow.longest)
    }

    private struct Use: Hashable {
        var key: Int
        var author: UInt64
    }

    /// Counts the keys of one partition, out of the bytes of every pass before.
    mutating func count(_ parts: [[UInt8]]) {
        var keys = ByteTable()
        var spellings = ByteTable()
        var posts: [Int] = []
        var spellingPosts: [Int] = []
        var keyOfSpelling: [Int] = []
        var accounts: [Int] = []
        var uses: Set<Use> = []
        for part in parts {
            part.withUnsafeBytes { bytes in
                var reader = RawReader(bytes)
                while !reader.isAtEnd {
                    let use = TagUse(from: &reader)
                    let key = keys.number(of: use.key)
                    if key == posts.count {
                        posts.append(0)
                        accounts.append(0)
                    }
                    posts[key] += 1
                    // A spelling has one key: the key follows from it.
                    let spelling = spellings.number(of: use.spelling)
                    if spelling == spellingPosts.count {
                        spellingPosts.append(0)
                        keyOfSpelling.append(key)
                    }
                    spellingPosts[spelling] += 1
                    if let author = use.author, uses.insert(Use(key: key, author: author)).inserted
                    {
                        accounts[key] += 1
                    }
                }
            }
        }
        var shown = [Int?](repeating: nil, count: posts.count)
        for spelling in spellingPosts.indices {
            let key = keyOfSpelling[spelling]
            guard let other = shown[key] else {
                shown[key] = spelling
                continue
            }
            let (mine, its) = (spellingPosts[spelling], spellingPosts[other])
            if mine > its
                || mine == its && spellings[spelling].lexicographicallyPrecedes(spellings[other])
            {
                shown[key] = spelling
            }
        }
        tagCount += posts.count
        for (key, spelling) in shown.enumerated() {
            guard let spelling else { continue }
            let tag = TagCount(
                key: String(decoding: keys[key], as: UTF8.self),
                spelling: String(decoding: spellings[spelling], as: UTF8.self),
                posts: posts[key], accounts: accounts[key])
            listed.add(tag)
            tail.add(tag)
            if let explained = explanation?.key, keys[key].elementsEqual(explained.utf8) {
                let used = spellingPosts.indices.filter { keyOfSpelling[$0] == key }.map {
                    TagExplanation.Spelling(
                        text: String(decoding: spellings[$0], as: UTF8.self),
                        posts: spellingPosts[$0])
                }
                explanation?.count(tag, spellings: used, hold: rules.holdReason(of: tag))
            }
        }
    }

    /// Adds what another pass found in other partitions.
    mutating func merge(_ other: TagPass) {
        tagCount += other.tagCount
        listed.merge(other.listed)
        tail.merge(other.tail)
        explain(other.explanation)
    }

    /// Adds what another pass found of the hashtag to explain.
    mutating func explain(_ found: TagExplanation?) {
        if let found { explanation?.merge(found) }
    }
}
