/// The least that reading the streams and topics of sources needs, or writing into them, in the language of IAM: one
/// policy for all of them.
public struct SourcePolicy: Sendable {
    private var statements: [JSONTree] = []
    private let isOfWriter: Bool

    /// - Parameter ofWriter: of `tidemark relay`; otherwise of whoever counts.
    public init(ofWriter: Bool) { isOfWriter = ofWriter }

    public var isEmpty: Bool { statements.isEmpty }
    public var document: String {
        JSONTree.object(["Version": "2012-10-17", "Statement": .array(statements)]).document
    }

    /// A stream of Kinesis, by its name or ARN.
    public mutating func add(stream: String, at access: ServiceAccess) {
        allow(
            "Stream",
            "kinesis",
            isOfWriter
                ? ["DescribeStreamSummary", "PutRecords"]
                : ["DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"],
            on: stream.hasPrefix("arn:") ? stream : "\(access.arn("kinesis")):*:stream/\(stream)")
    }

    /// A topic of a cluster of MSK that lets in by IAM. Brokers' addresses do not tell the cluster's name.
    ///
    /// Source: Amazon MSK Developer Guide, "Authorization policy actions".
    public mutating func add(topic: String, region: String) {
        let cluster = "arn:\(Partition(of: region).id):kafka:\(region):*"
        allow(
            "Cluster", "kafka-cluster",
            isOfWriter ? ["Connect", "WriteDataIdempotently"] : ["Connect"],
            on: "\(cluster):cluster/*")
        allow(
            "Topic", "kafka-cluster", ["DescribeTopic", isOfWriter ? "WriteData" : "ReadData"],
            on: "\(cluster):topic/*/\(topic)")
    }

    private mutating func allow(
        _ name: String, _ service: String, _ actions: [String], on resource: String
    ) {
        // No two statements have one name.
        let number = statements.isEmpty ? "" : "\(statements.count + 1)"
        statements.append([
            "Sid": .string(name + number), "Effect": "Allow",
            "Action": .array(actions.map { .string("\(service):\($0)") }),
            "Resource": .string(resource),
        ])
    }
}
