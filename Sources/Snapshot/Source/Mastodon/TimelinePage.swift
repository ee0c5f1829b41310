import Decode

/// One page of a timeline as the REST API gives it, a JSON array of statuses, read as it comes.
struct TimelinePage: ~Copyable {
    typealias Item = MastodonDecoder.Item

    /// The statuses that are asked for in one request: the most that Mastodon gives.
    static let length = 40
    /// More than these of one answer are not looked at.
    private static let longest = 2 * length

    private(set) var items: [Item] = []
    private var framer = RecordFramer(format: .mastodon)
    private let decoder: MastodonDecoder
    /// The first and the last byte that is no white space; nil before it came.
    private var ends: (first: UInt8, last: UInt8)?
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(decoder: MastodonDecoder) { self.decoder = decoder }

    /// Takes the next bytes of the answer.
    mutating func take(_ bytes: [UInt8]) {
        let first = ends?.first ?? bytes.first { $0 > 0x20 && !Self.byteOrderMark.contains($0) }
        if let first {
            ends = (first, bytes.last { $0 > 0x20 } ?? ends?.last ?? first)
        }
        bytes.withUnsafeBytes { framer.take($0) }
        readItems()
    }

    /// Reads what is left of the whole answer; false if that is no array of statuses.
    mutating func finish() -> Bool {
        framer.end()
        readItems()
        guard let ends, ends == (UInt8(ascii: "["), UInt8(ascii: "]")) else { return false }
        return items.isEmpty || items.contains { $0.id != nil }
    }

    private mutating func readItems() {
        while let record = framer.next() {
            if items.count < Self.longest { items.append(decoder.item(record)) }
        }
    }
}

extension [TimelinePage.Item] {
    /// The statuses that have an id and a time, to tell the kind of ids by.
    var dated: [(id: String, microseconds: Int64)] {
        compactMap { item in
            guard let id = item.id, let time = item.time else { return nil }
            return (id, time)
        }
    }
}

extension TimelinePage.Item {
    /// When it was made, in microseconds since 1970; nil if it does not say.
    var time: Int64? {
        guard case .post(let post) = event else { return nil }
        return post.time
    }
}
