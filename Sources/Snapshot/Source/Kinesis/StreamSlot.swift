import AWS
import Calendar
import Decode
import Tally

/// A slot of a stream that several shards bring: its posts are those whose own times are in it, whenever they arrived.
struct StreamSlot: EventSink {
    private(set) var span: DueSpan
    private var seconds: SlotSeconds
    private(set) var intake = Intake()
    private(set) var byteCount = 0
    /// When the record at hand came, in milliseconds; and the latest that came before it in its shard, or with it.
    private var (arrival, latest): (Int64, Int64) = (0, 0)
    /// The earliest arrival that is read, and that before which reading ends.
    private let (floor, end): (Int64, Int64)
    /// Of all events so far.
    private var count: UInt64 = 0

    /// More than ten times what a slot of a whole network has.
    static let byteLimit = 16 << 30
    /// An order has the arrival above so many bits, for the count below.
    private static let countBits: UInt64 = 36

    /// - Parameters:
    ///   - start: the arrival from which on the stream is read, in milliseconds.
    ///   - end: that at which it ends.
    init(_ span: DueSpan, from start: Int64, to end: Int64) {
        self.span = span
        seconds = SlotSeconds(span.slot)
        (floor, self.end) = (start, end)
    }

    /// Takes in what a shard gave.
    ///
    /// The version of a post holds that arrived last. A shard has an order of its own, and its times are approximate: of
    /// its records, those behind are never earlier.
    mutating func take(_ batch: ShardReading.Batch, by reader: inout EventReader) {
        latest = batch.position
        for record in batch.records {
            arrival = record.arrival
            latest = max(latest, arrival)
            // How much an answer has says nothing of what is read.
            guard latest < end else { break }
            byteCount += record.bytes.count
            AggregatedRecord.forEach(in: record.bytes) { bytes in
                bytes.withUnsafeBytes { reader.feed($0, to: &self) }
                reader.finish(to: &self)
            }
        }
    }

    mutating func record(_ event: consuming StreamEvent) {
        count += 1
        intake.take(event)
        let time = event.microseconds ?? arrival * 1000
        guard span.range.contains(time) else { return }
        seconds.take(time)
        span.eventCount += 1
        span.ledger.begin(at: UInt64(max(0, latest - floor)) << Self.countBits | count)
        span.ledger.record(event)
    }

    /// The finished window.
    ///
    /// - Parameters:
    ///   - lostBefore: the stream no longer had what arrived before, in microseconds.
    ///   - reason: why it had not.
    func closed(
        by source: String, lostBefore: Int64?, _ reason: String, keeping top: Int
    ) throws -> ClosedWindow {
        let range = span.range
        var gaps = seconds.gapTimes
        let lost = lostBefore.map {
            (range.lowerBound..<max($0, range.lowerBound)).clamped(to: range)
        }
        guard let lost, !lost.isEmpty else {
            return try span.closed(by: source, lacking: gaps, keeping: top)
        }
        gaps = gaps.filter { $0.upperBound > lost.upperBound }
        if let first = gaps.first, first.lowerBound <= lost.upperBound {
            gaps[0] = lost.lowerBound..<first.upperBound
        } else {
            gaps.insert(lost, at: 0)
        }
        return try span.closed(by: source, lacking: gaps, keeping: top, stop: reason)
    }
}
