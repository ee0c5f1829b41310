import Decode

/// One key of one counted post.
struct TagUse {
    var key: UnsafeRawBufferPointer
    var spelling: UnsafeRawBufferPointer
    /// Salted hash; nil if the post has no author.
    var author: UInt64?

    init(key: UnsafeRawBufferPointer, spelling: UnsafeRawBufferPointer, author: UInt64?) {
        (self.key, self.spelling, self.author) = (key, spelling, author)
    }

    /// The same for all uses of the key with one salt.
    func partition(salt: (UInt64, UInt64)) -> Int {
        SpillLog.partition(of: SaltedHash(salt: salt).finish(key))
    }

    func write(to bytes: inout [UInt8]) {
        bytes.append(number: UInt8(author == nil ? 0 : 1))
        bytes.append(number: author ?? 0)
        bytes.append(counted: key)
        bytes.append(counted: spelling)
    }

    /// Reads what `write` wrote; borrowed from the reader's bytes.
    init(from reader: inout RawReader) {
        let hasAuthor: UInt8 = reader.number()
        let author: UInt64 = reader.number()
        self.author = hasAuthor == 0 ? nil : author
        key = reader.counted()
        spelling = reader.counted()
    }
}
