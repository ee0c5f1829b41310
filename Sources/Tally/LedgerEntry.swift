import Decode
import Hashtags

/// What one record says of one post, as a ledger keeps it: 48 bytes and the tags.
struct LedgerEntry {
    /// Salted hash of the post's id.
    var post: UInt64
    /// Tells the versions of a post apart; of a deletion, those below it go.
    var version: UInt64 = 0
    /// The higher version holds; if false, the one delivered last does.
    var isRanked = false
    /// The place of the record in the order of the source.
    var order: UInt64 = 0
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

    /// All but the tags, as they lie in a ledger: 48 bytes without gaps.
    private struct Fixed: BitwiseCopyable {
        var post: UInt64
        var version: UInt64
        var order: UInt64
        var author: UInt64
        var time: Int64
        var tagByteCount: UInt32
        var languages: UInt16
        var flags: UInt8
        var dropReason: UInt8
    }

    /// A tag of the post, each key once, and each delivered tag that does not count.
    enum Tag {
        case counts(key: UnsafeRawBufferPointer, spelling: UnsafeRawBufferPointer)
        case dropped(TagDropReason)
    }

    /// Appends the entry with these encoded tags.
    func write(to bytes: inout [UInt8], tags: UnsafeRawBufferPointer) {
        let flags =
            (isDeletion ? 1 : 0) | (isRanked ? 2 : 0) | (author != nil ? 4 : 0)
            | (time != nil ? 8 : 0) | (isEdit ? 16 : 0)
        let fixed = Fixed(
            post: post, version: version, order: order, author: author ?? 0, time: time ?? 0,
            tagByteCount: UInt32(tags.count), languages: languages, flags: UInt8(flags),
            dropReason: dropReason.map { UInt8(PostDropReason.number(of: $0)) } ?? .max)
        withUnsafeBytes(of: fixed) { bytes.append(contentsOf: $0) }
        if !tags.isEmpty { bytes.append(contentsOf: tags) }
    }

    /// Reads what `write` wrote.
    init(from reader: inout RawReader) {
        let fixed: Fixed = reader.value()
        post = fixed.post
        isDeletion = fixed.flags & 1 != 0
        version = fixed.version
        isRanked = fixed.flags & 2 != 0
        order = fixed.order
        author = fixed.flags & 4 != 0 ? fixed.author : nil
        time = fixed.flags & 8 != 0 ? fixed.time : nil
        isEdit = fixed.flags & 16 != 0
        dropReason =
            fixed.dropReason == .max ? nil : PostDropReason.allCases[Int(fixed.dropReason)]
        languages = fixed.languages
        let length = Int(fixed.tagByteCount)
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
