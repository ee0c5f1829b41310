/// Texts in one run of bytes, each known by its number. The last ones can be taken off again.
struct TextTable: Sendable {
    var bytes: [UInt8] = []
    /// Where each text ends.
    var ends: [Int32] = []

    var count: Int { ends.count }

    mutating func append(_ text: String) -> Int32 {
        bytes += text.utf8
        ends.append(Int32(bytes.count))
        return Int32(ends.count - 1)
    }

    mutating func removeAll(from count: Int) {
        ends.removeLast(ends.count - count)
        bytes.removeLast(bytes.count - Int(ends.last ?? 0))
    }

    func range(_ number: Int32) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[Int(number) - 1]))..<Int(ends[Int(number)])
    }

    subscript(number: Int32) -> String {
        String(decoding: bytes[range(number)], as: UTF8.self)
    }

    func holds(_ text: String, at number: Int32) -> Bool { holds(text.utf8, at: number) }

    func holds(_ text: some Sequence<UInt8>, at number: Int32) -> Bool {
        bytes[range(number)].elementsEqual(text)
    }
}

/// Finds the number of a hashtag by its key: open addressing over the texts themselves.
///
/// Only the key put in last can be taken out, so that no probe ever meets a hole.
struct KeyTable: Sendable {
    /// Tag numbers; -1 for a free place. The count is a power of two.
    private var places: [Int32]
    private var count = 0

    /// For tags whose key texts are these.
    init(_ keys: [Int32], in texts: TextTable) {
        var size = 64
        while size < keys.count * 2 { size *= 2 }
        self.init(keys, in: texts, size: size)
    }

    /// The tag with this key; `keyOf` names the text of a tag's key.
    func find(
        _ key: some Sequence<UInt8>, in texts: TextTable, keyOf: (Int32) -> Int32
    ) -> Int32? {
        var place = Self.hash(key) & (places.count - 1)
        while places[place] >= 0 {
            if texts.holds(key, at: keyOf(places[place])) { return places[place] }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// Puts in a tag that is not there yet.
    mutating func insert(
        _ tag: Int32, key: String, in texts: TextTable, keyOf: (Int32) -> Int32
    ) {
        if (count + 1) * 2 > places.count {
            self = KeyTable((0..<tag).map(keyOf), in: texts, size: places.count * 2)
        }
        places[free(from: Self.hash(key.utf8))] = tag
        count += 1
    }

    /// Takes out the tag put in last.
    mutating func remove(_ tag: Int32, key: String) {
        var place = Self.hash(key.utf8) & (places.count - 1)
        while places[place] != tag { place = (place + 1) & (places.count - 1) }
        places[place] = -1
        count -= 1
    }

    private init(_ keys: [Int32], in texts: TextTable, size: Int) {
        places = Array(repeating: -1, count: size)
        for (tag, key) in keys.enumerated() {
            places[free(from: Self.hash(texts.bytes[texts.range(key)]))] = Int32(tag)
        }
        count = keys.count
    }

    private func free(from hash: Int) -> Int {
        var place = hash & (places.count - 1)
        while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
        return place
    }

    /// FNV-1a, its high bits folded in.
    private static func hash(_ bytes: some Sequence<UInt8>) -> Int {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (state ^ (state >> 32)) & 0x7FFF_FFFF)
    }
}
