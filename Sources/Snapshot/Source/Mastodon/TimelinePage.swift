/// One page of a timeline as the REST API gives it: a JSON array of statuses.
struct TimelinePage {
    /// What one status says, and what it takes to go on from there.
    struct Item {
        var event: StreamEvent
        /// Nil if the item is no status.
        var id: String?
    }

    /// The statuses that are asked for in one request: the most that Mastodon gives.
    static let length = 40
    /// More than these of one answer are not looked at.
    private static let longest = 2 * length

    private(set) var items: [Item] = []

    /// Nil unless the body is an array.
    init?(_ body: [UInt8], decoder: MastodonDecoder) {
        guard body.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else { return nil }
        var framer = RecordFramer(format: .mastodon)
        body.withUnsafeBytes { framer.take($0) }
        framer.end()
        while items.count < Self.longest, let record = framer.next() {
            items.append(decoder.item(record))
        }
    }

    /// The statuses that have an id and a time, to tell the kind of ids by.
    var dated: [(id: String, microseconds: Int64)] {
        items.compactMap { item in
            guard let id = item.id, case .post(let post) = item.event, let time = post.time else {
                return nil
            }
            return (id, time)
        }
    }
}
