import Decode
import Hashtags

/// What delivered tags mean, each worked out once as long as the table has room for it.
struct TagTable {
    private struct Meaning {
        /// The number of the key; nil for a tag that does not count.
        var key: Int?
        /// Where in `encoded` the tag lies as a ledger's entry holds it.
        var range: Range<Int>
    }

    /// A stream may hold any number of tags; of these many and so many bytes the meaning is kept.
    private static let capacity = 1 << 15
    private static let byteCapacity = 2 << 20

    private var delivered = ByteTable()
    private var meanings: [Meaning] = []
    private var encoded: [UInt8] = []
    private var keys = ByteTable()
    /// For each key, the last post that named it.
    private var posts: [Int] = []
    private var post = 0

    /// Begins the next post.
    mutating func begin() {
        post += 1
        guard meanings.count > Self.capacity || encoded.count > Self.byteCapacity else { return }
        delivered.removeAll()
        meanings.removeAll(keepingCapacity: true)
        encoded.removeAll(keepingCapacity: true)
        keys.removeAll()
        posts.removeAll(keepingCapacity: true)
    }

    /// Appends a tag of the post as `LedgerEntry` holds it, unless the post named its key before.
    /// Returns whether it is one key more.
    mutating func append(_ text: String, to bytes: inout [UInt8]) -> Bool {
        guard text.utf8.count <= Hashtag.longestDelivered else {
            LedgerEntry.encode(.dropped(.tooLong), to: &bytes)
            return false
        }
        let meaning = meaning(of: text)
        if let key = meaning.key {
            if posts[key] == post { return false }
            posts[key] = post
        }
        bytes += encoded[meaning.range]
        return meaning.key != nil
    }

    private mutating func meaning(of text: String) -> Meaning {
        var text = text
        let number = text.withUTF8 { delivered.number(of: UnsafeRawBufferPointer($0)) }
        if number < meanings.count { return meanings[number] }
        let start = encoded.count
        var key: Int?
        do {
            var tag = try Hashtag(delivered: text)
            tag.key.withUTF8 { keyBytes in
                let keyBytes = UnsafeRawBufferPointer(keyBytes)
                key = keys.number(of: keyBytes)
                tag.spelling.withUTF8 {
                    let spelling = UnsafeRawBufferPointer($0)
                    LedgerEntry.encode(.counts(key: keyBytes, spelling: spelling), to: &encoded)
                }
            }
            if keys.count > posts.count { posts.append(0) }
        } catch {
            LedgerEntry.encode(.dropped(error), to: &encoded)
        }
        let meaning = Meaning(key: key, range: start..<encoded.count)
        meanings.append(meaning)
        return meaning
    }
}
