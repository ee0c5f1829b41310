/// All hashtags by their first letters: a tree of pages of which none lists more than a few hundred.
struct LetterIndex: Sendable {
    /// Beyond so many hashtags a page is split by their next letter.
    static let longest = 300

    /// A page of the index.
    struct Node: Sendable {
        /// Its folder: the slug of the letters, or one of `~digits`, `~han` and `~other`, which no slug is.
        let name: String
        /// What its hashtags begin with, in capitals; a word for a group of many beginnings.
        let label: String
        /// Places in `order` of the hashtags on it and below it.
        let range: Range<Int>
        /// Places in `order` of the hashtags on the page itself.
        let listed: Range<Int>
        let children: [Node]

        /// It and all below it, from above.
        var all: [Node] { [self] + children.flatMap(\.all) }
    }

    /// The numbers of all hashtags: digits, others, ideographs, then by letter; within these by key.
    let order: [Int32]
    /// In the order of `order`.
    let roots: [Node]

    init(_ history: History) {
        let tables = history.index.tables
        var sorting = Sorting(texts: tables.texts)
        sorting.entries = tables.tags.indices.map { number in
            Entry(number: Int32(number), key: tables.tags[number].key, tables.texts)
        }
        sorting.sort()
        order = sorting.entries.map(\.number)
        roots = sorting.roots
    }

    private struct Entry {
        let number: Int32
        /// The text of its key.
        let key: Int32
        /// 0 for digits, 1 for others, 2 for ideographs, else the first scalar.
        let group: UInt32
        /// Group and the first bytes, so that nearly all are sorted without another look.
        let head: UInt64

        init(number: Int32, key: Int32, _ texts: TextTable) {
            self.number = number
            self.key = key
            let range = texts.range(key)
            group = texts.bytes[range].first.map { Self.group(ofFirst: $0, in: range, texts) } ?? 1
            var head = UInt64(group) << 40
            for (place, byte) in texts.bytes[range].prefix(5).enumerated() {
                head |= UInt64(byte) << (32 - 8 * place)
            }
            self.head = head
        }

        private static func group(
            ofFirst byte: UInt8, in range: Range<Int>, _ texts: TextTable
        ) -> UInt32 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): 0
            case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte)
            default:
                String(decoding: texts.bytes[range].prefix(4), as: UTF8.self)
                    .unicodeScalars.first.map(group) ?? 1
            }
        }

        private static func group(of scalar: Unicode.Scalar) -> UInt32 {
            if scalar.properties.numericType != nil, !scalar.properties.isIdeographic { return 0 }
            if scalar.properties.isIdeographic { return 2 }
            return scalar.properties.isAlphabetic ? scalar.value : 1
        }
    }

    private struct Sorting {
        let texts: TextTable
        var entries: [Entry] = []

        mutating func sort() {
            entries.sort { [texts] left, right in
                left.head == right.head
                    ? texts.bytes[texts.range(left.key)]
                        .lexicographicallyPrecedes(texts.bytes[texts.range(right.key)])
                    : left.head < right.head
            }
        }

        var roots: [Node] {
            split(entries.indices) { $0.group }.map { range in
                switch entries[range.lowerBound].group {
                case 0: node(range, "~digits", "0–9", beginning: 0)
                case 1: node(range, "~other", "Other", beginning: 0)
                case 2: node(range, "~han", "漢", beginning: 0)
                default:
                    node(
                        range,
                        beginning: texts.scalarLength(at: key(range.lowerBound).lowerBound))
                }
            }
        }

        /// Where the key of an entry is.
        private func key(_ place: Int) -> Range<Int> { texts.range(entries[place].key) }

        /// `beginning` counts the bytes that all keys of the range share.
        private func node(
            _ range: Range<Int>, _ name: String? = nil, _ label: String? = nil, beginning: Int
        ) -> Node {
            let key = key(range.lowerBound)
            let text = String(decoding: texts.bytes[key.prefix(beginning)], as: UTF8.self)
            var listed = range
            var children: [Node] = []
            if range.count > LetterIndex.longest {
                // Those that are no longer than the beginning come first.
                let whole = range.prefix { self.key($0).count <= beginning }
                listed = range.lowerBound..<range.lowerBound + whole.count
                children = split(listed.upperBound..<range.upperBound) {
                    self.texts.scalar(at: self.texts.range($0.key).lowerBound + beginning)
                }
                .map { range in
                    let first = self.key(range.lowerBound).lowerBound + beginning
                    return node(range, beginning: beginning + texts.scalarLength(at: first))
                }
            }
            return Node(
                name: name ?? Slug.segment(for: text),
                label: label
                    ?? Spelling(
                        text.unicodeScalars.map(\.properties.uppercaseMapping).joined(), key: ""
                    ).text,
                range: range, listed: listed, children: children)
        }

        /// Runs of entries that have the same value.
        private func split<Value: Equatable>(
            _ range: Range<Int>, by value: (Entry) -> Value
        ) -> [Range<Int>] {
            var runs: [Range<Int>] = []
            var start = range.lowerBound
            for place in range where value(entries[place]) != value(entries[start]) {
                runs.append(start..<place)
                start = place
            }
            return runs + (start < range.upperBound ? [start..<range.upperBound] : [])
        }
    }
}

extension Range<Int> {
    fileprivate func prefix(_ count: Int) -> Range<Int> {
        lowerBound..<Swift.min(upperBound, lowerBound + count)
    }
}

extension TextTable {
    /// Bytes of the scalar that begins here.
    fileprivate func scalarLength(at place: Int) -> Int {
        switch bytes[place] {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }

    /// The bytes of the scalar that begins here, as one number.
    fileprivate func scalar(at place: Int) -> UInt32 {
        bytes[place..<place + scalarLength(at: place)].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
