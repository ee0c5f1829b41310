import Decode
import Hashtags

/// What one record says of one post, as a ledger keeps it: 48 bytes and the tags.
///
/// The bytes are those that docs/data.md describes, whatever machine writes them. What they mean never changes; what is
/// new gets a kind of its own, of entries or of what they hold.
struct LedgerEntry {
    /// The kinds of entries, and of what stands behind their 48 bytes.
    private enum Kind {
        static let (delivery, deletion): (UInt8, UInt8) = (1, 2)
        /// The same of ids of 128 bits: behind the 48 bytes the second halves of post and author.
        static let (wideDelivery, wideDeletion): (UInt8, UInt8) = (3, 4)
        /// Behind it key and spelling. Below are the tags that do not count, by reason.
        static let tag: UInt8 = 255
        /// Behind it address and title; behind all tags.
        static let link: UInt8 = 254
    }

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
    /// The second halves of its ids, if they have 128 bits.
    var tails: EventTails?
    /// The items as `forEachItem` reads them.
    var tagBytes: Range<Int> = 0..<0

    init(post: UInt64) { self.post = post }

    /// All but the tags, as they lie in a ledger: 48 bytes without gaps, of little-endian numbers.
    private struct Fixed: BitwiseCopyable {
        var post: UInt64
        var version: UInt64
        var order: UInt64
        var author: UInt64
        var time: Int64
        var tagByteCount: UInt32
        var languages: UInt16
        /// The kind, and flags in the high bits: 16 ranked, 32 author, 64 time, 128 edit.
        var kind: UInt8
        var dropReason: UInt8
    }

    static var fixedByteCount: Int { MemoryLayout<Fixed>.size }

    /// Of an entry that begins with these bytes, how many stand before its items.
    static func headByteCount(of bytes: ArraySlice<UInt8>) -> Int {
        let isWide = bytes.count >= fixedByteCount && bytes[bytes.startIndex + kindOffset] & 15 > 2
        return fixedByteCount + (isWide ? MemoryLayout<EventTails>.size : 0)
    }

    private static let kindOffset = MemoryLayout<Fixed>.offset(of: \.kind) ?? 0

    /// What the first byte of an item says that it is.
    enum Form {
        case tag
        case link
        case dropped

        /// Nil for what is not known here.
        init?(_ kind: UInt8) {
            switch kind {
            case Kind.tag: self = .tag
            case Kind.link: self = .link
            default:
                guard TagDropReason(number: kind) != nil else { return nil }
                self = .dropped
            }
        }
    }

    /// A tag of the post, each key once, and each delivered tag that does not count; behind the tags, each address
    /// that the post gives.
    enum Item {
        case counts(key: UnsafeRawBufferPointer, spelling: UnsafeRawBufferPointer)
        case dropped(TagDropReason)
        case link(address: UnsafeRawBufferPointer, title: UnsafeRawBufferPointer)
    }

    /// Appends the entry with these encoded tags.
    func write(to bytes: inout [UInt8], tags: UnsafeRawBufferPointer) {
        let flags =
            (isRanked ? 16 : 0) | (author != nil ? 32 : 0) | (time != nil ? 64 : 0)
            | (isEdit ? 128 : 0)
        let kind =
            isDeletion
            ? (tails == nil ? Kind.deletion : Kind.wideDeletion)
            : (tails == nil ? Kind.delivery : Kind.wideDelivery)
        let fixed = Fixed(
            post: post, version: version, order: order, author: author ?? 0, time: time ?? 0,
            tagByteCount: UInt32(tags.count), languages: languages,
            kind: kind | UInt8(flags), dropReason: dropReason?.number ?? 0)
        withUnsafeBytes(of: fixed) { bytes.append(contentsOf: $0) }
        if let tails { withUnsafeBytes(of: tails) { bytes.append(contentsOf: $0) } }
        if !tags.isEmpty { bytes.append(contentsOf: tags) }
    }

    /// Reads what `write` wrote.
    init(from reader: inout RawReader) throws(TallyError) {
        let fixed: Fixed = reader.value()
        switch fixed.kind & 15 {
        case Kind.delivery: break
        case Kind.deletion: isDeletion = true
        case Kind.wideDelivery: tails = reader.value() as EventTails
        case Kind.wideDeletion: (isDeletion, tails) = (true, reader.value() as EventTails)
        case let kind: throw .unknownEntry(kind: kind)
        }
        post = fixed.post
        version = fixed.version
        isRanked = fixed.kind & 16 != 0
        order = fixed.order
        author = fixed.kind & 32 != 0 ? fixed.author : nil
        time = fixed.kind & 64 != 0 ? fixed.time : nil
        isEdit = fixed.kind & 128 != 0
        dropReason = PostDropReason(number: fixed.dropReason)
        languages = fixed.languages
        let length = Int(fixed.tagByteCount)
        tagBytes = reader.position..<reader.position + length
        reader.skip(length)
    }

    /// Appends an item as `forEachItem` reads it.
    static func encode(_ item: Item, to bytes: inout [UInt8]) {
        switch item {
        case .dropped(let reason): bytes.append(number: reason.number)
        case .counts(let key, let spelling):
            bytes.append(number: Kind.tag)
            bytes.append(counted: key)
            bytes.append(counted: spelling)
        case .link(let address, let title):
            bytes.append(number: Kind.link)
            bytes.append(counted: address)
            bytes.append(counted: title)
        }
    }

    /// Calls `body` with each item, out of the bytes that the entry was read from.
    func forEachItem(
        in bytes: UnsafeRawBufferPointer, _ body: (Item) -> Void
    ) throws(TallyError) {
        var reader = RawReader(UnsafeRawBufferPointer(rebasing: bytes[tagBytes]))
        while !reader.isAtEnd {
            let kind: UInt8 = reader.number()
            if kind == Kind.tag {
                let key = reader.counted()
                body(.counts(key: key, spelling: reader.counted()))
            } else if kind == Kind.link {
                let address = reader.counted()
                body(.link(address: address, title: reader.counted()))
            } else if let reason = TagDropReason(number: kind) {
                body(.dropped(reason))
            } else {
                throw .unknownEntry(kind: kind)
            }
        }
    }
}

extension CaseIterable where Self: Equatable, AllCases == [Self] {
    /// A reason's number in an entry: its place among all, from 1. A new one comes last.
    fileprivate var number: UInt8 { UInt8(1 + (Self.allCases.firstIndex(of: self) ?? 0)) }

    fileprivate init?(number: UInt8) {
        let cases = Self.allCases
        guard (1...cases.count).contains(Int(number)) else { return nil }
        self = cases[Int(number) - 1]
    }
}
