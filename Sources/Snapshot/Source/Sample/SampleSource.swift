import Calendar
import Decode
import Tally

/// The built-in demonstration: made-up posts, the same for the same slot wherever it runs.
///
/// Its records are Jetstream events, so that they take the way every other post takes.
public struct SampleSource: PostSource {
    /// Marks the demonstration in the archive; no other source may have this name.
    public static let reservedName = "sample"

    public let name = reservedName
    public let availability: Availability

    /// How far back the first run fills the archive, so that there is a history to look at.
    static let lookBackSlots = 56
    /// Seconds of each slot that are made up.
    static let windowLength = 3000

    public init(on schedule: Schedule = .everySixHours) {
        availability = .replayable(
            lookBack: Self.lookBackSlots * schedule.seconds, fillsPast: true)
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        for slot in try request.dueSlots(of: name, availability) {
            try Task.checkCancellation()
            try await archive(try window(of: slot, request))
        }
    }

    private func window(of slot: Slot, _ request: WindowRequest) throws -> ClosedWindow {
        var ledger = PostLedger(rules: request.rules)
        var events = EventReader(
            format: .jetstream, grammar: nil, links: request.rules.context?.links)
        var stream = SampleStream(slot: slot, length: Self.windowLength)
        while let line = stream.next() {
            Array(line.utf8).withUnsafeBytes { events.feed($0, to: &ledger) }
        }
        return try ClosedWindow(
            slot: slot, source: name, start: slot.start, end: slot.start + Self.windowLength,
            read: Double(Self.windowLength), meant: Double(Self.windowLength),
            isLate: request.isLate(slot),
            tally: ledger.tally(keeping: request.top))
    }
}
