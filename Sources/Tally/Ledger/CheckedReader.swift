import Decode
import Hashtags
import Links

/// Reads bytes that may be anybody's, and refuses what no ledger holds.
struct CheckedReader {
    private let bytes: [UInt8]
    private let path: String
    private var position = 0
    /// Hashtags that were found to be some, as they lie there.
    private var known = ByteTable()

    init(_ bytes: [UInt8], path: String) { (self.bytes, self.path) = (bytes, path) }

    var isAtEnd: Bool { position >= bytes.count }

    private func unfit(_ reason: String) -> PartError { .unfit(path: path, reason: reason) }

    /// The range of the next bytes, which are behind the reader then.
    private mutating func take(_ count: Int) throws(PartError) -> Range<Int> {
        guard count <= bytes.count - position else { throw unfit("an entry that is cut off") }
        defer { position += count }
        return position..<position + count
    }

    mutating func number<Number: FixedWidthInteger & BitwiseCopyable>() throws(PartError) -> Number
    {
        let range = try take(MemoryLayout<Number>.size)
        return bytes.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: range.lowerBound, as: Number.self)
        }
    }

    /// Where a text of so many bytes at the most lies, whatever they are.
    private mutating func range(
        upTo most: Int, isEmpty: Bool = false
    ) throws(PartError) -> Range<Int> {
        let count: UInt16 = try number()
        let range = try take(Int(count))
        guard count <= most, isEmpty || count > 0 else { throw unfit("a text of \(count) bytes") }
        return range
    }

    /// Throws unless all characters of the text are printable.
    private func look(at range: Range<Int>) throws(PartError) {
        let text = bytes[range]
        if text.allSatisfy({ 0x20..<0x7F ~= $0 }) { return }
        // Controls are those of ASCII and U+0080 to U+009F: of these the first byte is C2.
        let isPlain =
            text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            && !zip(text, text.dropFirst()).contains { $0 == 0xC2 && 0x80..<0xA0 ~= $1 }
        guard isPlain, String(validating: text, as: UTF8.self) != nil else {
            throw unfit("a text that is not UTF-8, or has controls in it")
        }
    }

    /// A text of printable characters, of so many bytes at the most.
    private mutating func text(upTo most: Int, isEmpty: Bool = false) throws(PartError) {
        try look(at: range(upTo: most, isEmpty: isEmpty))
    }

    /// A set of languages as a part holds it.
    mutating func languages() throws(PartError) -> [Language] {
        let count: UInt32 = try number()
        var languages: [Language] = []
        for _ in 0..<count {
            let length: UInt16 = try number()
            let code = String(decoding: bytes[try take(Int(length))], as: UTF8.self)
            guard let language = Language(code) else { throw unfit("a language \(code)") }
            languages.append(language)
        }
        return languages
    }

    /// A use of a hashtag, as a share of posts holds it.
    mutating func use(in place: Place, isWide: Bool) throws(PartError) {
        let kind: UInt8 = try number()
        guard kind == 0 || kind == (isWide ? 2 : 1) else { throw unfit("a use of kind \(kind)") }
        _ = try take(isWide && kind > 0 ? 16 : 8)
        try tagTexts(in: place)
    }

    /// A person, as a share of posts holds one.
    mutating func author(in partition: Int, isWide: Bool) throws(PartError) {
        guard SpillLog.partition(of: try number()) == partition else {
            throw unfit("a person of another partition")
        }
        if isWide { _ = try take(8) }
    }

    /// Where a hashtag has to stand: the partition that its key has by the salt.
    struct Place {
        let partition: Int
        let salt: (UInt64, UInt64)
    }

    /// A counted hashtag.
    mutating func tag(in place: Place) throws(PartError) {
        try tagTexts(in: place)
        for _ in 0..<2 {
            let count: Int = try number()
            guard (0...1 << 48).contains(count) else { throw unfit("a count of \(count)") }
        }
    }

    /// A spelling, and the key that follows from it: who counts relies on that.
    private mutating func tagTexts(in place: Place? = nil) throws(PartError) {
        let start = position
        // A scalar has four bytes at the most.
        let key = try range(upTo: 4 * 100)
        let spelling = try range(upTo: Hashtag.longestDelivered)
        let count = known.count
        let number = bytes[start..<position].withUnsafeBytes { known.number(of: $0) }
        guard number == count else { return }
        try look(at: key)
        try look(at: spelling)
        let tag = try? Hashtag(delivered: String(decoding: bytes[spelling], as: UTF8.self))
        guard let tag, tag.key.utf8.elementsEqual(bytes[key]) else {
            throw unfit("a spelling that is not of its hashtag")
        }
        guard let place else { return }
        let partition = bytes[key].withUnsafeBytes {
            SpillLog.partition(of: SaltedHash(salt: place.salt).finish($0))
        }
        guard partition == place.partition else { throw unfit("a hashtag of another partition") }
    }

    /// One entry of a partition.
    mutating func entry(
        in partition: Int, languageSets: Int, isWide: Bool
    ) throws(PartError) {
        let start = position
        _ = try take(LedgerEntry.headByteCount(of: bytes[start...]))
        let read = bytes.withUnsafeBytes { bytes in
            var reader = RawReader(bytes)
            reader.move(to: start)
            return Result { () throws(TallyError) in try LedgerEntry(from: &reader) }
        }
        guard case .success(let entry) = read else { throw unfit("an entry of an unknown kind") }
        guard (entry.tails != nil) == isWide else { throw unfit("ids of another width") }
        guard SpillLog.partition(of: entry.post) == partition else {
            throw unfit("a post of another partition")
        }
        guard
            entry.isDeletion || entry.languages == .max || Int(entry.languages) < languageSets
        else {
            throw unfit("a set of languages that it does not have")
        }
        let end = entry.tagBytes.upperBound
        guard end <= bytes.count else { throw unfit("an entry that is cut off") }
        while position < end { try item() }
        guard position == end else { throw unfit("an entry that is cut off") }
    }

    private mutating func item() throws(PartError) {
        let kind: UInt8 = try number()
        switch LedgerEntry.Form(kind) {
        case .tag: try tagTexts()
        case .link:
            try text(upTo: LinkAddress.longest)
            try text(upTo: 4 * PostLink.longestTitle, isEmpty: true)
        case .dropped: break
        case nil: throw unfit("something of kind \(kind) in an entry")
        }
    }
}
