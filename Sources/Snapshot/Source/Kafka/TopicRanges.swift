import Calendar
import Files
import Kafka
import Tasks

/// The ranges of a topic that an engine hands out: a file for each, whose name says what to read.
///
/// Each begins where the one before it ended; the last of each partition stays, to be gone on from. A run that is killed
/// leaves ranges that the next one's job finds.
struct TopicRanges {
    let topic: KafkaTopic
    let folder: String
    /// Messages of a range.
    let length: Int

    /// What the topic has lost of a partition that no range had yet.
    struct Planned {
        var lost: [Int32] = []
    }

    /// Adds ranges up to the ends that the partitions have now.
    ///
    /// - Parameter first: of a partition without a range, messages from this time on.
    func plan(from first: Timestamp) async throws -> Planned {
        try Folder.make(folder)
        var ends: [Int32: Int64] = [:]
        for range in try ranges() {
            ends[range.partition] = max(ends[range.partition] ?? 0, range.offsets.upperBound)
        }
        let (topic, known) = (topic, ends)
        let (bounds, firsts) = try await topic.withTokens { tokens in
            try await onThread { isStopped throws(SnapshotError) in
                do throws(KafkaError) {
                    return try Self.look(
                        at: topic, from: first, known, tokens, isStopped: isStopped)
                } catch {
                    throw .topic(error)
                }
            }
        }
        var planned = Planned()
        for (partition, bounds) in bounds.sorted(by: { $0.key < $1.key }) {
            var start = ends[partition] ?? firsts[partition] ?? bounds.upperBound
            guard start <= bounds.upperBound else {
                throw SnapshotError.topic(
                    .refused(
                        topic: topic.name,
                        reason:
                            "partition \(partition) ends at \(bounds.upperBound), and was read up to \(start): was the "
                            + "topic made anew? Then delete \(folder) and the checkpoint beside it")
                )
            }
            let isFresh = ends[partition] == nil
            if bounds.isEmpty, start < bounds.lowerBound || isFresh && bounds.lowerBound > 0 {
                planned.lost.append(partition)
                continue
            }
            // One message that is gone says that something is, and the one behind it until when.
            if start < bounds.lowerBound
                || isFresh && start == bounds.lowerBound && bounds.lowerBound > 0
            {
                start = bounds.lowerBound - 1
            }
            while start < bounds.upperBound {
                let end = min(bounds.upperBound, start + Int64(length))
                let range = TopicRange(partition: partition, offsets: start..<end)
                try WholeFile.write(Array("\(range)\n".utf8), to: "\(folder)/\(range.name)")
                start = end
            }
        }
        return planned
    }

    private static func look(
        at topic: KafkaTopic, from first: Timestamp, _ known: [Int32: Int64], _ tokens: TokenBox?,
        isStopped: @escaping () -> Bool
    ) throws(KafkaError) -> ([Int32: Range<Int64>], [Int32: Int64]) {
        let deadline = ContinuousClock.now + topic.patience
        let reader = try TopicReader(
            of: topic.name, at: topic.access, token: tokens, isStopped: isStopped)
        let partitions = try reader.partitions(until: deadline)
        var bounds: [Int32: Range<Int64>] = [:]
        for partition in partitions {
            bounds[partition] = try reader.bounds(of: partition, until: deadline)
        }
        let fresh = partitions.filter { known[$0] == nil }
        guard !fresh.isEmpty else { return (bounds, [:]) }
        // A partition that is new among known ones is read from its beginning.
        let firsts =
            known.isEmpty
            ? try reader.offsets(at: first.microseconds / 1000, of: fresh, until: deadline)
            : Dictionary(uniqueKeysWithValues: fresh.map { ($0, bounds[$0]?.lowerBound ?? 0) })
        return (bounds, firsts)
    }

    /// Takes away those that are read, but the last of each partition.
    func forget() throws {
        let ranges = try ranges()
        let ends = Dictionary(
            ranges.map { ($0.partition, $0.offsets.upperBound) }, uniquingKeysWith: max)
        for range in ranges where range.offsets.upperBound != ends[range.partition] {
            try FilePlace.remove("\(folder)/\(range.name)")
        }
    }

    private func ranges() throws(FileError) -> [TopicRange] {
        (try Folder.entries(of: folder) ?? []).compactMap { TopicRange(name: $0.name) }
    }
}
