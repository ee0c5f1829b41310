/// Adds up posts, distinct accounts and spellings of each key.
struct TagCounting {
    private let tags: TagTable
    private var posts: [Int]
    private var spellingPosts: [Int]
    /// The keys that spellings belong to, by number.
    private var keyOfSpelling: [UInt32]
    private var uses: Set<Use> = []

    private struct Use: Hashable {
        var key: UInt32
        var author: UInt64
    }

    init(tags: TagTable) {
        self.tags = tags
        posts = Array(repeating: 0, count: tags.keys.texts.count)
        spellingPosts = Array(repeating: 0, count: tags.spellings.texts.count)
        keyOfSpelling = Array(repeating: 0, count: tags.spellings.texts.count)
    }

    /// A post that counts, once for each of its keys.
    mutating func add(key: UInt32, spelling: UInt32, author: UInt64?) {
        posts[Int(key)] += 1
        spellingPosts[Int(spelling)] += 1
        keyOfSpelling[Int(spelling)] = key
        if let author { uses.insert(Use(key: key, author: author)) }
    }

    /// The keys that were added, in no order.
    func counts() -> [TagCount] {
        var accounts = Array(repeating: 0, count: posts.count)
        for use in uses { accounts[Int(use.key)] += 1 }
        var best = [Int?](repeating: nil, count: posts.count)
        for spelling in spellingPosts.indices where spellingPosts[spelling] > 0 {
            let key = Int(keyOfSpelling[spelling])
            if best[key].map({ precedes(spelling, $0) }) ?? true { best[key] = spelling }
        }
        return posts.indices.compactMap { key in
            guard let spelling = best[key] else { return nil }
            return TagCount(
                key: tags.keys.texts[key], spelling: tags.spellings.texts[spelling],
                posts: posts[key], accounts: accounts[key])
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        spellingPosts[left] == spellingPosts[right]
            ? tags.spellings.texts[left].precedesByScalars(tags.spellings.texts[right])
            : spellingPosts[left] > spellingPosts[right]
    }
}
