import AWS
import Calendar
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

    @Test(.enabled(if: AWSPeer.isThere, "the test set-up has no moto"))
    func `Amazon's own client and ours understand the same of a stream`() async throws {
        try await withAWSPeer(buckets: []) { peer in
            func python(_ script: String) async throws -> String {
                try await ProgramRun.program(
                    Repository.python ?? "/usr/bin/python3",
                    [
                        "-c",
                        "import boto3, sys; k = boto3.client('kinesis', endpoint_url=sys.argv[1], region_name='us-east-1', "
                            + "aws_access_key_id='any', aws_secret_access_key='any'); " + script,
                        peer.endpoint,
                    ], in: "/"
                ).output
            }
            _ = try await python("k.create_stream(StreamName='posts', ShardCount=3)")
            let client = try KinesisClient(
                stream: "posts",
                at: ServiceAccess(
                    "kinesis", environment: peer.environment, region: nil, endpoint: nil,
                    setting: "region"), retry: Self.retry)
            let summary = try await client.summary()
            #expect(summary.status == "ACTIVE" && summary.openShardCount == 3)
            #expect(summary.retentionSeconds == 24 * 3600)
            let shards = try await client.shards()
            #expect(shards.map(\.id) == (0..<3).map { "shardId-00000000000\($0)" })
            let words = (0..<1200).map { "{\($0): \"ü\"}" }
            try await client.put(
                words.map { NewRecord(key: String($0.utf8.count) + $0, bytes: Array($0.utf8)) })
            let now = Timestamp.now().secondsSinceEpoch * 1000
            func all(from place: KinesisClient.Place) async throws -> [String] {
                var found: [String] = []
                for shard in shards {
                    var next: String? = try await client.iterator(of: shard.id, at: place)
                    while let iterator = next {
                        let answer = try await client.records(at: iterator, limit: 100)
                        found += answer.records.map { String(decoding: $0.bytes, as: UTF8.self) }
                        next = answer.records.isEmpty ? nil : answer.next
                        #expect(
                            answer.records.allSatisfy { abs($0.arrival - now) < 600_000 })
                    }
                }
                return found.sorted()
            }
            #expect(try await all(from: .beginning) == words.sorted())
            #expect(try await all(from: .time(.now() - 600)) == words.sorted())
            #expect(try await all(from: .time(.now() + 600)) == [])
            #expect(try await all(from: .end) == [])
            // What another client put, which says that all is there.
            let count = try await python(
                "k.put_record(StreamName='posts', Data=b'last', PartitionKey='k'); "
                    + "print(sum(len(k.get_records(ShardIterator=k.get_shard_iterator(StreamName='posts', ShardId=s['ShardId'], "
                    + "ShardIteratorType='TRIM_HORIZON')['ShardIterator'])['Records']) for s in "
                    + "k.list_shards(StreamName='posts')['Shards']))")
            #expect(count == "1201\n")
            #expect(try await all(from: .beginning).contains("last"))
        }
    }

    @Test(arguments: ["", "a b", "posts/x", "{}"])
    func `What is no name of a stream is refused before anyone is asked`(name: String) throws {
        let access = try ServiceAccess(
            "kinesis", environment: [:], region: "eu-west-1", endpoint: nil, setting: "region")
        #expect(throws: AWSError.self) { try KinesisClient(stream: name, at: access) }
    }

    @Test func `The least policy of all sources names what is read and nothing else`() throws {
        let access = try ServiceAccess(
            "kinesis", environment: [:], region: "cn-north-1", endpoint: nil, setting: "region")
        var policy = SourcePolicy(ofWriter: true)
        #expect(policy.isEmpty)
        policy.add(stream: "posts", at: access)
        #expect(
            policy.document == """
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
        var all = SourcePolicy(ofWriter: false)
        all.add(stream: "arn:aws:kinesis:eu-west-1:111122223333:stream/posts", at: access)
        all.add(topic: "posts", region: "eu-west-1")
        #expect(
            all.document == """
                {
                  "Statement" : [
                    {
                      "Action" : [
                        "kinesis:DescribeStreamSummary",
                        "kinesis:GetRecords",
                        "kinesis:GetShardIterator",
                        "kinesis:ListShards"
                      ],
                      "Effect" : "Allow",
                      "Resource" : "arn:aws:kinesis:eu-west-1:111122223333:stream/posts",
                      "Sid" : "Stream"
                    },
                    {
                      "Action" : [
                        "kafka-cluster:Connect"
                      ],
                      "Effect" : "Allow",
                      "Resource" : "arn:aws:kafka:eu-west-1:*:cluster/*",
                      "Sid" : "Cluster2"
                    },
                    {
                      "Action" : [
                        "kafka-cluster:DescribeTopic",
                        "kafka-cluster:ReadData"
                      ],
                      "Effect" : "Allow",
                      "Resource" : "arn:aws:kafka:eu-west-1:*:topic/*/posts",
                      "Sid" : "Topic3"
                    }
                  ],
                  "Version" : "2012-10-17"
                }
                """)
    }

    @Test func `Nobody says in which region, which is told with the key that could`() throws {
        #expect(throws: AWSError.noRegion(setting: "sources.wire.region")) {
            try ServiceAccess(
                "kinesis", environment: ["HOME": "/nowhere"], region: nil, endpoint: nil,
                setting: "sources.wire.region")
        }
    }
}
