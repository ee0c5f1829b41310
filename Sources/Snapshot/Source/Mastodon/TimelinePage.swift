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
    /// Whether the answer begins as an array; nil before it began.
    private var isArray: Bool?

    init(decoder: MastodonDecoder) { self.decoder = decoder }

    /// Takes the next bytes of the answer.
    mutating func take(_ bytes: [UInt8]) {
        isArray = isArray ?? bytes.first { $0 > 0x20 }.map { $0 == UInt8(ascii: "[") }
        bytes.withUnsafeBytes { framer.take($0) }
        readItems()
    }

    /// The items of the whole answer; nil if it is something else than an array.
    mutating func finish() -> [Item]? {
        framer.end()
        readItems()
        return isArray == true ? items : nil
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
