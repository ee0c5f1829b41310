import Calendar

/// A part of a stream, in which records have an order.
public struct Shard: Hashable, Sendable {
    public let id: String
    /// Those that it was split off or merged from: one, two, or none. They may be too old to be kept.
    public let parents: [String]

    public init(id: String, parents: [String]) { (self.id, self.parents) = (id, parents) }
}

/// What is to be known of a stream as a whole.
public struct StreamSummary: Hashable, Sendable {
    /// `ACTIVE`, `UPDATING`, `CREATING`, `DELETING`
    public let status: String
    /// How long a record is kept.
    public let retentionSeconds: Int
    public let created: Timestamp?
    public let openShardCount: Int
}

/// A record of a shard.
public struct ShardRecord: Hashable, Sendable {
    public let sequenceNumber: String
    /// When it came, in milliseconds since 1970; the service says: approximately.
    public let arrival: Int64
    public let bytes: [UInt8]
}

/// What an iterator led to.
public struct ShardRecords: Hashable, Sendable {
    /// In the order of the shard; none where the stretch that was looked at has none.
    public let records: [ShardRecord]
    /// The place behind them; nil at the end of a shard that is closed.
    public let next: String?
    /// In milliseconds: how far the place is behind the newest record; 0 if there are no more now.
    public let behind: Int64
    /// At the end of a closed shard, those that go on with it.
    public let children: [Shard]

    /// Nothing, and nothing behind it.
    public static let end = ShardRecords(records: [], next: nil, behind: 0, children: [])

    public var byteCount: Int { records.reduce(0) { $0 + $1.bytes.count } }
}
