import AWS
import Support
import Tasks
import Testing

/// What is put into a stream, and with which rights.
@Suite struct KinesisClientTests {
    private static func client(
        of peer: KinesisPeer, retry: Retry = retry
    ) throws -> KinesisClient {
        try KinesisClient(
            stream: "posts",
            at: ServiceAccess(
                "kinesis", environment: peer.environment, region: nil, endpoint: nil,
                setting: "region"), retry: retry)
    }

    private static let retry = Retry(
        backoff: Backoff(base: .milliseconds(1), cap: .milliseconds(5)), limit: .seconds(20))

    @Test func `Every record is put, whichever are refused, and the last of a key is the last`()
        async throws
    {
        var script = KinesisScript()
        (script.shards, script.refuse) = (2, 7)
        try await withKinesis(script) { peer in
            let records = (0..<1200).map {
                NewRecord(key: "k\($0 % 40)", bytes: Array("\($0)".utf8))
            }
            try await Self.client(of: peer).put(records)
            let put = try await peer.put()
            #expect(
                Set(put.map { $0[1] })
                    == Set(records.map { String(decoding: $0.bytes, as: UTF8.self) }))
            var last: [String: String] = [:]
            for one in put { last[one[0]] = one[1] }
            #expect(
                last
                    == Dictionary(
                        uniqueKeysWithValues: (1160..<1200).map { ("k\($0 % 40)", "\($0)") }))
        }
    }

    @Test func `Records that are refused for good are told of`() async throws {
        var script = KinesisScript()
        script.refuse = 1
        try await withKinesis(script) { peer in
            await #expect {
                try await Self.client(of: peer, retry: Retry(attempts: 3)).put(
                    [NewRecord(key: "k", bytes: [0x61])])
            } throws: {
                "\($0)"
                    == "PutRecords on stream posts: ProvisionedThroughputExceededException, status 200: slower"
            }
        }
    }

    @Test func `A wrong secret is told`() async throws {
        try await withKinesis { peer in
            var environment = peer.environment
            environment["AWS_SECRET_ACCESS_KEY"] = "another"
            let client = try KinesisClient(
                stream: "posts",
                at: ServiceAccess(
                    "kinesis", environment: environment, region: nil, endpoint: nil,
                    setting: "region"), retry: Self.retry)
            await #expect {
                _ = try await client.summary()
            } throws: {
                "\($0)"
                    == "DescribeStreamSummary on stream posts: the signature does not match; check AWS_SECRET_ACCESS_KEY "
                    + "or the profile"
            }
        }
    }

    @Test(arguments: ["", "a b", "posts/x", "{}"])
    func `What is no name of a stream is refused before anyone is asked`(name: String) throws {
        let access = try ServiceAccess(
            "kinesis", environment: [:], region: "eu-west-1", endpoint: nil, setting: "region")
        #expect(throws: AWSError.self) { try KinesisClient(stream: name, at: access) }
    }

    @Test func `The least policies name the stream and nothing else`() throws {
        let access = try ServiceAccess(
            "kinesis", environment: [:], region: "cn-north-1", endpoint: nil, setting: "region")
        let policy = StreamPolicy(stream: "posts", at: access)
        #expect(
            policy.ofWriter == """
                {
                  "Statement" : [
                    {
                      "Action" : [
                        "kinesis:DescribeStreamSummary",
                        "kinesis:PutRecords"
                      ],
                      "Effect" : "Allow",
                      "Resource" : "arn:aws-cn:kinesis:cn-north-1:*:stream/posts",
                      "Sid" : "Stream"
                    }
                  ],
                  "Version" : "2012-10-17"
                }
                """)
        #expect(policy.ofReader.contains("kinesis:ListShards"))
    }

    @Test func `Nobody says in which region, which is told with the key that could`() throws {
        #expect(throws: AWSError.noRegion(setting: "sources.wire.region")) {
            try ServiceAccess(
                "kinesis", environment: ["HOME": "/nowhere"], region: nil, endpoint: nil,
                setting: "sources.wire.region")
        }
    }
}
