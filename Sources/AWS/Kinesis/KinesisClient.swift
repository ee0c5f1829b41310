import Calendar
import FoundationEssentials
import Tasks
import Text

/// One stream of Kinesis Data Streams.
///
/// Source: Amazon Kinesis Data Streams API Reference, version 2013-12-02.
public struct KinesisClient: Sendable {
    /// Its name, or its ARN where it is another account's.
    public let stream: String
    /// Where it is asked.
    public let access: ServiceAccess
    let service: JSONService
    let retry: Retry
    /// How long each call may take with all its attempts, where that is to be shorter than `retry` bears.
    public var patience: Duration?

    /// What an answer of `GetRecords` may take: 10 MiB, in base64, and what stands around each record.
    private static let longestAnswer = 24 << 20
    /// A year is the longest that records are kept.
    private static let mostHours = 8760
    /// More shards, and pages of them, than any stream has.
    private static let (mostShards, mostPages) = (100_000, 1000)

    /// - Parameters:
    ///   - retry: of what is refused in passing; throttles last for seconds.
    ///   - maxActive: how many answers may be in memory at once, each 10 MiB at the most.
    public init(
        stream: String, at access: ServiceAccess, retry: Retry = Retry(limit: .seconds(120)),
        maxActive: Int = 4
    ) throws(AWSError) {
        let isNamed = stream.utf8.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || "-_.".utf8.contains($0)
        }
        guard isNamed && (1...128).contains(stream.utf8.count) || stream.hasPrefix("arn:") else {
            throw .name(
                stream,
                reason: "a stream's name is 1 to 128 letters, digits, hyphens, dots and underscores"
            )
        }
        self.stream = stream
        self.access = access
        self.retry = retry
        service = try JSONService(
            .init(id: "kinesis", target: "Kinesis_20131202", version: "1.1"), at: access,
            maxActive: maxActive, retry: retry)
    }

    /// How many seconds the server's clock is ahead of ours, by its last answer; nil if none told.
    public var clockLead: Int? { service.clockLead }

    var resource: String { "stream \(stream)" }

    /// How the stream is named in a request.
    var name: (key: String, value: JSONTree) {
        (stream.hasPrefix("arn:") ? "StreamARN" : "StreamName", .string(stream))
    }

    /// What is to be known of the stream as a whole.
    public func summary() async throws(AWSError) -> StreamSummary {
        let answer: SummaryAnswer = try await service(
            "DescribeStreamSummary", on: resource, .object([name.key: name.value]),
            within: patience)
        let said = answer.StreamDescriptionSummary
        return StreamSummary(
            status: said.StreamStatus,
            retentionSeconds: min(max(0, said.RetentionPeriodHours), Self.mostHours) * 3600,
            created: said.StreamCreationTimestamp.flatMap { Timestamp(epoch: $0) },
            openShardCount: said.OpenShardCount)
    }

    /// The shards that were open at a time or later, closed ones among them; all that are kept without a time.
    public func shards(since time: Timestamp? = nil) async throws(AWSError) -> [Shard] {
        var shards: [Shard] = []
        var token: String?
        for _ in 0..<Self.mostPages {
            var input: [String: JSONTree] = [:]
            if let token {
                // A page is named by its token, and by nothing else.
                input["NextToken"] = .string(token)
            } else {
                input[name.key] = name.value
                if let time {
                    input["ShardFilter"] = [
                        "Type": "FROM_TIMESTAMP",
                        "Timestamp": .number(Double(time.secondsSinceEpoch)),
                    ]
                }
            }
            let answer: ShardsAnswer = try await service(
                "ListShards", on: resource, .object(input), within: patience)
            shards += answer.Shards.map(Shard.init)
            guard let next = answer.NextToken, !next.isEmpty else { return shards }
            if shards.count > Self.mostShards { break }
            token = next
        }
        throw .malformedAnswer(operation: "ListShards", reason: "its list of shards has no end")
    }

    /// Where in a shard an iterator begins.
    public enum Place: Hashable, Sendable {
        /// The first record that arrived then or later.
        case time(Timestamp)
        /// Behind the record of this number.
        case behind(sequenceNumber: String)
        /// All that is kept.
        case beginning
        /// What arrives from now on.
        case end
    }

    /// A place in a shard, which is good for five minutes.
    public func iterator(of shard: String, at place: Place) async throws(AWSError) -> String {
        var input: [String: JSONTree] = [name.key: name.value, "ShardId": .string(shard)]
        switch place {
        case .time(let time):
            input["ShardIteratorType"] = "AT_TIMESTAMP"
            input["Timestamp"] = .number(Double(time.secondsSinceEpoch))
        case .behind(let number):
            input["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER"
            input["StartingSequenceNumber"] = .string(number)
        case .beginning: input["ShardIteratorType"] = "TRIM_HORIZON"
        case .end: input["ShardIteratorType"] = "LATEST"
        }
        let answer: IteratorAnswer = try await service(
            "GetShardIterator", on: "\(resource), \(shard)", .object(input), within: patience)
        return answer.ShardIterator
    }

    /// The records from an iterator on; none is no end.
    public func records(
        at iterator: String, limit: Int
    ) async throws(AWSError) -> ShardRecords {
        let answer: RecordsAnswer = try await service(
            "GetRecords", on: resource,
            ["ShardIterator": .string(iterator), "Limit": .number(Double(limit))],
            byteLimit: Self.longestAnswer, within: patience)
        return ShardRecords(
            records: answer.Records.map {
                ShardRecord(
                    sequenceNumber: $0.SequenceNumber,
                    arrival: ($0.ApproximateArrivalTimestamp ?? 0).milliseconds,
                    bytes: Array($0.Data))
            },
            next: answer.NextShardIterator, behind: max(0, answer.MillisBehindLatest ?? 0),
            children: (answer.ChildShards ?? []).map {
                Shard(id: $0.ShardId, parents: $0.ParentShards ?? [])
            })
    }
}

extension Double {
    /// Of seconds since 1970; of a time that no clock shows, the nearest that one does.
    fileprivate var milliseconds: Int64 {
        Int64((isFinite ? Swift.min(Swift.max(self, 0), 1e11) : 0) * 1000)
    }
}

extension Timestamp {
    /// Nil of a time that no calendar has.
    fileprivate init?(epoch seconds: Double) {
        guard seconds.isFinite, abs(seconds) < 1e11 else { return nil }
        self.init(secondsSinceEpoch: Int64(seconds))
    }
}

// The shapes of the answers have the service's own names.

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct SummaryAnswer: Decodable {
    struct Summary: Decodable {
        let StreamStatus: String
        let RetentionPeriodHours: Int
        let StreamCreationTimestamp: Double?
        let OpenShardCount: Int
    }
    let StreamDescriptionSummary: Summary
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct ShardsAnswer: Decodable {
    struct One: Decodable {
        let ShardId: String
        let ParentShardId: String?
        let AdjacentParentShardId: String?
    }
    let Shards: [One]
    let NextToken: String?
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct IteratorAnswer: Decodable { let ShardIterator: String }

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct RecordsAnswer: Decodable {
    struct One: Decodable {
        let SequenceNumber: String
        let ApproximateArrivalTimestamp: Double?
        let Data: FoundationEssentials.Data
    }
    struct Child: Decodable {
        let ShardId: String
        let ParentShards: [String]?
    }
    let Records: [One]
    let NextShardIterator: String?
    let MillisBehindLatest: Int64?
    let ChildShards: [Child]?
}

extension Shard {
    fileprivate init(_ one: ShardsAnswer.One) {
        self.init(
            id: one.ShardId,
            parents: [one.ParentShardId, one.AdjacentParentShardId].compactMap { $0 })
    }
}
