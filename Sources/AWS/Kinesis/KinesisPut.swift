import FoundationEssentials
import Tasks

/// A record to be put into a stream.
public struct NewRecord: Hashable, Sendable {
    /// Decides the shard: records of one key keep their order. 1 to 256 scalars.
    public var key: String
    public var bytes: [UInt8]

    public init(key: String, bytes: [UInt8]) { (self.key, self.bytes) = (key, bytes) }
}

extension KinesisClient {
    /// What one call of `PutRecords` may hold: so many records, and so many bytes with their keys.
    public static let putLimit = (records: 500, bytes: 5 << 20)

    /// Puts records until the service has taken every one of them: at least once, each.
    ///
    /// A call may fail for some of its records alone, which are put again; of one key the order then holds only
    /// where no other of the key was taken before, which is why what follows a refused one of its key is put again too
    /// where the call can tell. Throws when nothing was taken for as long as the client's `retry` bears.
    ///
    /// - Parameter records: any number; they go in calls of `putLimit`.
    public func put(_ records: [NewRecord]) async throws(AWSError) {
        var left = records[...]
        while !left.isEmpty {
            var count = 0
            var size = 0
            for record in left.prefix(Self.putLimit.records) {
                size += record.bytes.count + record.key.utf8.count
                if count > 0, size > Self.putLimit.bytes { break }
                count += 1
            }
            try await putAll(Array(left.prefix(count)))
            left = left.dropFirst(count)
        }
    }

    private func putAll(_ records: [NewRecord]) async throws(AWSError) {
        var left = records
        var attempts = retry.begin()
        while true {
            let answer: PutAnswer = try await service(
                "PutRecords", on: resource,
                .object([
                    name.key: name.value,
                    "Records": .array(
                        left.map {
                            [
                                "Data": .string(Data($0.bytes).base64EncodedString()),
                                "PartitionKey": .string($0.key),
                            ]
                        }),
                ]))
            guard answer.Records.count == left.count else {
                throw .malformedAnswer(
                    operation: "PutRecords",
                    reason:
                        "it tells of \(answer.Records.count) records, and \(left.count) were put")
            }
            // What stands behind a refused one of its key would come before it: it is put once more.
            var refusedKeys: Set<String> = []
            var refused: PutAnswer.One?
            let again = zip(left, answer.Records).filter { record, one in
                if one.ErrorCode != nil {
                    refused = refused ?? one
                    refusedKeys.insert(record.key)
                }
                return refusedKeys.contains(record.key)
            }.map(\.0)
            guard let refused, !again.isEmpty else { return }
            if again.count < left.count { attempts.succeeded() }
            left = again
            let goesOn: Bool
            do throws(CancellationError) {
                goesOn = try await attempts.pause()
            } catch {
                throw .transport(.cancelled)
            }
            if !goesOn {
                throw .refused(
                    Refusal(
                        operation: "PutRecords", resource: resource,
                        permission: "kinesis:PutRecords", status: 200,
                        code: refused.ErrorCode ?? "", message: refused.ErrorMessage ?? "",
                        region: access.region))
            }
        }
    }

    // swift-format-ignore: AlwaysUseLowerCamelCase
    private struct PutAnswer: Decodable {
        struct One: Decodable {
            let ErrorCode: String?
            let ErrorMessage: String?
        }
        let Records: [One]
    }
}
