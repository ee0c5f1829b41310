/// What delivered tags mean, each worked out once as long as the table has room for it.
struct TagTable {
    /// The meaning of a tag as delivered.
    enum Meaning {
        case counts(key: Int, spelling: Int)
        case dropped(TagDropReason)
    }

    /// A stream may hold any number of tags; this many are remembered.
    private static let capacity = 1 << 16

    private var delivered = ByteTable()
    private var meanings: [Meaning] = []
    private(set) var keys = ByteTable()
    private(set) var spellings = ByteTable()

    /// Makes room if need be: numbers given out before are void.
    mutating func tidy() {
        guard meanings.count > Self.capacity else { return }
        delivered.removeAll()
        meanings.removeAll(keepingCapacity: true)
        keys.removeAll()
        spellings.removeAll()
    }

    /// The meaning of a tag as delivered, its numbers good until the next `tidy`.
    mutating func meaning(of text: String) -> Meaning {
        var text = text
        guard text.utf8.count <= Hashtag.longestDelivered else { return .dropped(.tooLong) }
        let number = text.withUTF8 { delivered.number(of: UnsafeRawBufferPointer($0)) }
        if number < meanings.count { return meanings[number] }
        let meaning: Meaning
        do {
            var tag = try Hashtag(delivered: text)
            meaning = .counts(
                key: tag.key.withUTF8 { keys.number(of: UnsafeRawBufferPointer($0)) },
                spelling: tag.spelling.withUTF8 { spellings.number(of: UnsafeRawBufferPointer($0)) }
            )
        } catch {
            meaning = .dropped(error)
        }
        meanings.append(meaning)
        return meaning
    }
}
