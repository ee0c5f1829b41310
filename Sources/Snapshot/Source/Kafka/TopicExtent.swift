import Calendar
import Files
import FoundationEssentials
import Kafka
import Tally

/// How much of a slot was in a topic.
struct TopicExtent: Sendable {
    var seconds: SlotSeconds
    /// Stretches of the slot that a partition no longer holds, in microseconds.
    private(set) var lost: [Range<Int64>] = []
    /// Messages of posts of other times, though they lay where the slot's should.
    var strangers = 0

    var slot: Slot { seconds.slot }
    private var range: Range<Int64> { slot.start.microseconds..<slot.end.microseconds }

    init(seconds: SlotSeconds) { self.seconds = seconds }

    /// A partition no longer has what it had in this stretch, in milliseconds; nil is the slot's own start or end.
    mutating func lose(from start: Int64?, to end: Int64?) {
        let start = max(start.map { $0 * 1000 } ?? range.lowerBound, range.lowerBound)
        let end = min(end.map { $0 * 1000 } ?? range.upperBound, range.upperBound)
        if start < end { lost.append(start..<end) }
    }

    /// Why it is no window that nothing of the slot was there; nil if it may be one.
    func complaint(of topic: KafkaTopic) -> SnapshotError? {
        guard seconds.eventCount == 0, strangers > 0 else { return nil }
        return .topic(
            .refused(
                topic: topic.name,
                reason:
                    "\(strangers) messages of the slot hold posts of other times; what writes them has to give each "
                    + "message its post's time, as tidemark relay does"))
    }

    /// The finished window.
    ///
    /// - Parameters:
    ///   - partitionCount: what one of them has lost is such a share of the whole.
    ///   - isLate: other slots have ended since.
    func closed(
        by source: String, partitionCount: Int, isLate: Bool, _ tally: Counts
    ) -> ClosedWindow {
        let gaps = seconds.gaps
        var missing = Double(gaps.reduce(0) { $0 + $1.count })
        for lost in lost {
            missing +=
                Double(uncovered(lost, by: seconds.gapTimes)) / 1_000_000 / Double(partitionCount)
        }
        let isMissing = gaps.first?.count == slot.seconds
        let first = gaps.first.flatMap { $0.lowerBound == 0 ? $0.upperBound : nil } ?? 0
        let last =
            gaps.last.flatMap { $0.upperBound == slot.seconds ? $0.lowerBound : nil }
            ?? slot.seconds
        var window = ClosedWindow(
            slot: slot, source: source, start: slot.start + (isMissing ? 0 : first),
            end: slot.start + (isMissing ? 0 : max(first, last)),
            read: Double(slot.seconds) - missing, meant: Double(slot.seconds), isLate: isLate,
            tally: tally, note: (told(partitionCount) + gaps.map(told)).joined(separator: "; "))
        if isMissing { window.status = .missing }
        return window
    }

    /// How much of the stretch is in no gap, in microseconds.
    private func uncovered(_ lost: Range<Int64>, by gaps: [Range<Int64>]) -> Int64 {
        let length = lost.upperBound - lost.lowerBound
        return gaps.reduce(length) { length, gap in
            let both = gap.clamped(to: lost)
            return length - (both.upperBound - both.lowerBound)
        }
    }

    private func told(_ partitionCount: Int) -> [String] {
        let heads = lost.filter { $0.lowerBound == range.lowerBound }
        let rest = lost.filter { $0.lowerBound != range.lowerBound }
        var told: [String] = []
        if let end = heads.map(\.upperBound).max() {
            told.append(
                "\(share(heads.count, of: partitionCount)) no longer hold what came before "
                    + Timestamp(microseconds: end).clock)
        }
        if let start = rest.map(\.lowerBound).min(), let end = rest.map(\.upperBound).max() {
            told.append(
                "\(share(rest.count, of: partitionCount)) no longer hold what came from "
                    + "\(Timestamp(microseconds: start).clock) to \(Timestamp(microseconds: end).clock)"
            )
        }
        return told
    }

    private func share(_ count: Int, of all: Int) -> String {
        "\(min(count, all)) of \(all) partitions"
    }

    private func told(_ gap: Range<Int>) -> String {
        let (from, to) = (
            (slot.start + gap.lowerBound).clock, (slot.start + gap.upperBound).clock
        )
        if gap.count == slot.seconds { return "nothing of it was to be had" }
        if gap.lowerBound == 0 { return "nothing was to be had before \(to)" }
        if gap.upperBound == slot.seconds { return "nothing was to be had after \(from)" }
        return "nothing was to be had from \(from) to \(to)"
    }
}

/// What is written beside the part of a range, so that a slot's extent is that of all its ranges.
struct TopicExtentFile: Codable {
    var partitions: Int
    var events: Int
    /// Runs of seconds of the slot in which something happened, without their ends.
    var told: [[Int]]
    /// Stretches, in microseconds since 1970.
    var lost: [[Int64]]
    /// Nil if there are none.
    var strangers: Int?

    init(_ extent: TopicExtent, partitionCount: Int) {
        partitions = partitionCount
        events = extent.seconds.eventCount
        told = extent.seconds.runs.map { [$0.lowerBound, $0.upperBound] }
        lost = extent.lost.map { [$0.lowerBound, $0.upperBound] }
        strangers = extent.strangers > 0 ? extent.strangers : nil
    }

    static let ending = ".extent"

    func write(to path: String) throws {
        try WholeFile.write(Array(JSONEncoder().encode(self)), to: path)
    }

    init(_ path: String) throws {
        let bytes = try WholeFile.read(path, limit: 1 << 24)
        guard let file = try? JSONDecoder().decode(Self.self, from: Data(bytes)), file.isSound
        else {
            throw SnapshotError.engine(
                reason:
                    "\(path) does not say how much of a slot was in the topic; delete its folder, and read the slot "
                    + "with --slot … --replace")
        }
        self = file
    }

    /// Whether its counts can be added up; as `PartHeader.Read.isSound` has it.
    private var isSound: Bool {
        [partitions, events, strangers ?? 0].allSatisfy { (0...1 << 48).contains($0) }
    }
}

extension TopicExtent {
    /// What the ranges of a slot tell together, and the most partitions that they knew of.
    static func union(of paths: [String], _ slot: Slot) throws -> (TopicExtent, partitionCount: Int)
    {
        var extent = TopicExtent(seconds: SlotSeconds(slot))
        var partitionCount = 1
        for path in paths {
            let file = try TopicExtentFile(path)
            partitionCount = max(partitionCount, file.partitions)
            extent.seconds.add(file.events, file.told.compactMap(Self.range))
            extent.lost += file.lost.compactMap(Self.range).map { $0.clamped(to: extent.range) }
                .filter { !$0.isEmpty }
            extent.strangers += file.strangers ?? 0
        }
        return (extent, partitionCount)
    }

    private static func range<Bound: Comparable>(_ ends: [Bound]) -> Range<Bound>? {
        ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
    }
}
