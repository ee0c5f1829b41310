/// What one record says of one post, as a ledger keeps it: 40 bytes and the tags.
struct LedgerEntry {
    /// Salted hash of the post's id.
    var post: UInt64
    /// Among versions the higher one holds; of a deletion, the versions below it go.
    var revision: UInt64?
    var isDeletion = false
    /// Salted hash of the author's id.
    var author: UInt64?
    /// Microseconds since 1970.
    var time: Int64?
    var isEdit = false
    var dropReason: PostDropReason?
    /// Number of the set of languages in its ledger.
    var languages: UInt16 = 0
    /// The tags as `tags(in:)` reads them.
    var tagBytes: Range<Int> = 0..<0

    init(post: UInt64) { self.post = post }

    /// A tag of the post, each key once, and each delivered tag that does not count.
    enum Tag {
        case counts(key: UnsafeRawBufferPointer, spelling: UnsafeRawBufferPointer)
        case dropped(TagDropReason)
    }

    /// Appends the entry with these encoded tags.
    func write(to bytes: inout [UInt8], tags: [UInt8]) {
        bytes.append(number: post)
        bytes.append(number: revision ?? 0)
        bytes.append(number: author ?? 0)
        bytes.append(number: time ?? 0)
        let flags =
            (isDeletion ? 1 : 0) | (revision != nil ? 2 : 0) | (author != nil ? 4 : 0)
            | (time != nil ? 8 : 0) | (isEdit ? 16 : 0)
        bytes.append(number: UInt8(flags))
        bytes.append(number: dropReason.map { UInt8(PostDropReason.number(of: $0)) } ?? UInt8.max)
        bytes.append(number: languages)
        bytes.append(number: UInt32(tags.count))
        bytes.append(contentsOf: tags)
    }

    /// Reads what `write` wrote.
    init(from reader: inout RawReader) {
        post = reader.number()
        let revision: UInt64 = reader.number()
        let author: UInt64 = reader.number()
        let time: Int64 = reader.number()
        let flags: UInt8 = reader.number()
        let reason: UInt8 = reader.number()
        isDeletion = flags & 1 != 0
        self.revision = flags & 2 != 0 ? revision : nil
        self.author = flags & 4 != 0 ? author : nil
        self.time = flags & 8 != 0 ? time : nil
        isEdit = flags & 16 != 0
        dropReason = reason == .max ? nil : PostDropReason.allCases[Int(reason)]
        languages = reader.number()
        let length = Int(reader.number(as: UInt32.self))
        tagBytes = reader.position..<reader.position + length
        reader.skip(length)
    }

    /// Appends a tag as `tags(in:)` reads it.
    static func encode(_ tag: Tag, to bytes: inout [UInt8]) {
        switch tag {
        case .dropped(let reason): bytes.append(number: UInt8(TagDropReason.number(of: reason)))
        case .counts(let key, let spelling):
            bytes.append(number: UInt8.max)
            bytes.append(counted: key)
            bytes.append(counted: spelling)
        }
    }

    /// Calls `body` with each tag, out of the bytes that the entry was read from.
    func forEachTag(in bytes: UnsafeRawBufferPointer, _ body: (Tag) -> Void) {
        var reader = RawReader(UnsafeRawBufferPointer(rebasing: bytes[tagBytes]))
        while !reader.isAtEnd {
            let kind: UInt8 = reader.number()
            guard kind == .max else {
                body(.dropped(TagDropReason.allCases[Int(kind)]))
                continue
            }
            let key = reader.counted()
            body(.counts(key: key, spelling: reader.counted()))
        }
    }
}

extension CaseIterable where Self: Equatable {
    /// The place of a case among all.
    fileprivate static func number(of value: Self) -> Int {
        allCases.enumerated().first { $0.element == value }?.offset ?? 0
    }
}
