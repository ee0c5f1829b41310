import Decode

/// Posts, distinct accounts and spellings of the keys of one partition.
struct KeyCounts {
    private var keys = ByteTable()
    private var spellings = ByteTable()
    private var posts: [Int] = []
    private var accounts: [Int] = []
    private var spellingPosts: [Int] = []
    private var keyOfSpelling: [Int] = []
    /// Who used which key, as one hash.
    private var users = HashSet()

    /// Of people whose ids have 128 bits.
    private var names = WideNames()

    /// Bytes of uses whose authors are looked at together: 16 MiB.
    private static let shareSize = 16 << 20

    /// Counts the uses of one partition of the logs, and nothing else.
    ///
    /// A key that half the world uses fills its partition; the authors are then taken in shares, so
    /// that those of one share fit in memory.
    mutating func count(_ partition: Int, of logs: [SpillLog]) throws {
        let byteCount = logs.reduce(0) { $0 + $1.byteCount(of: partition) }
        let shareCount = UInt64(1 + byteCount / Self.shareSize)
        removeAll()
        for share in 0..<shareCount {
            users.removeAll()
            names.removeAll()
            for log in logs {
                try log.read(partition) { bytes in
                    var reader = RawReader(bytes)
                    while !reader.isAtEnd {
                        let use = TagUse(from: &reader)
                        if (use.author ?? 0) % shareCount == share { add(use) }
                    }
                }
            }
        }
    }

    /// Calls `body` with the bytes of each key and its accounts, in no order.
    func forEachKey(_ body: (UnsafeRawBufferPointer, _ accounts: Int) -> Void) {
        for key in accounts.indices {
            keys[key].withUnsafeBytes { body($0, accounts[key]) }
        }
    }

    private mutating func add(_ use: TagUse) {
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
        // An author is a random number, and so is its sum with a number that each key has of its own.
        guard var author = use.author else { return }
        if let tail = use.tail { author = names.name(author, tail) }
        if users.insert(author &+ UInt64(key) &* 0x9E37_79B9_7F4A_7C15) { accounts[key] += 1 }
    }

    /// Forgets everything and keeps the memory.
    private mutating func removeAll() {
        keys.removeAll()
        spellings.removeAll()
        posts.removeAll(keepingCapacity: true)
        accounts.removeAll(keepingCapacity: true)
        spellingPosts.removeAll(keepingCapacity: true)
        keyOfSpelling.removeAll(keepingCapacity: true)
        users.removeAll()
        names.removeAll()
    }

    /// The counts of every key, with its most frequent spelling.
    var tags: [TagCount] {
        var shown = [Int?](repeating: nil, count: posts.count)
        for spelling in spellingPosts.indices {
            let key = keyOfSpelling[spelling]
            if shown[key].map({ precedes(spelling, $0) }) ?? true { shown[key] = spelling }
        }
        return shown.enumerated().compactMap { key, spelling in
            spelling.map {
                TagCount(
                    key: String(decoding: keys[key], as: UTF8.self),
                    spelling: String(decoding: spellings[$0], as: UTF8.self),
                    posts: posts[key], accounts: accounts[key])
            }
        }
    }

    /// Every spelling of a key, in no order.
    func spellings(of key: String) -> [TagExplanation.Spelling] {
        spellingPosts.indices.filter { keys[keyOfSpelling[$0]].elementsEqual(key.utf8) }.map {
            TagExplanation.Spelling(
                text: String(decoding: spellings[$0], as: UTF8.self), posts: spellingPosts[$0])
        }
    }

    private func precedes(_ spelling: Int, _ other: Int) -> Bool {
        let (mine, its) = (spellingPosts[spelling], spellingPosts[other])
        return mine == its
            ? spellings[spelling].lexicographicallyPrecedes(spellings[other]) : mine > its
    }
}
