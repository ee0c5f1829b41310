import Decode

/// One key of one counted post.
struct TagUse {
    var key: UnsafeRawBufferPointer
    var spelling: UnsafeRawBufferPointer
    /// Salted hash; nil if the post has no author.
    var author: UInt64?
    /// The second half of a hash of 128 bits.
    var tail: UInt64?

    init(
        key: UnsafeRawBufferPointer, spelling: UnsafeRawBufferPointer, author: UInt64?,
        tail: UInt64?
    ) {
        (self.key, self.spelling, self.author, self.tail) = (key, spelling, author, tail)
    }

    /// The same for all uses of the key with one salt.
    func partition(salt: (UInt64, UInt64)) -> Int {
        SpillLog.partition(of: SaltedHash(salt: salt).finish(key))
    }

    func write(to bytes: inout [UInt8]) {
        let width = author == nil ? 0 : tail == nil ? 1 : 2
        bytes.append(number: UInt8(width))
        bytes.append(number: author ?? 0)
        if width == 2, let tail { bytes.append(number: tail) }
        bytes.append(counted: key)
        bytes.append(counted: spelling)
    }

    /// Reads what `write` wrote; borrowed from the reader's bytes.
    init(from reader: inout RawReader) {
        let width: UInt8 = reader.number()
        let author: UInt64 = reader.number()
        self.author = width == 0 ? nil : author
        if width == 2 { tail = reader.number() }
        key = reader.counted()
        spelling = reader.counted()
    }
}
