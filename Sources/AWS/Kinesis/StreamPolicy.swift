/// The least that reading a stream, and writing into it, needs, in the language of IAM.
public struct StreamPolicy: Sendable {
    private let stream: String
    private let access: ServiceAccess

    public init(stream: String, at access: ServiceAccess) {
        (self.stream, self.access) = (stream, access)
    }

    /// Of whoever counts.
    public var ofReader: String {
        policy([
            "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
            "kinesis:ListShards",
        ])
    }

    /// Of `tidemark relay`.
    public var ofWriter: String { policy(["kinesis:DescribeStreamSummary", "kinesis:PutRecords"]) }

    private func policy(_ actions: [JSONTree]) -> String {
        let arn =
            stream.hasPrefix("arn:") ? stream : "\(access.arn("kinesis")):*:stream/\(stream)"
        return JSONTree.object([
            "Version": "2012-10-17",
            "Statement": [
                [
                    "Sid": "Stream", "Effect": "Allow", "Action": .array(actions),
                    "Resource": .string(arn),
                ]
            ],
        ]).document
    }
}
