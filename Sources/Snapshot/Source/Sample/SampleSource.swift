import Archive
import Decode
import Tally

/// The built-in demonstration: made-up posts, the same for the same slot wherever it runs.
///
/// Its records are Jetstream events, so that they take the way every other post takes.
public struct SampleSource: PostSource {
    /// Marks the demonstration in the archive; no other source may have this name.
    public static let reservedName = "sample"

    public let name = reservedName
    public let isScheduled = true
    public let lookBack: Int? = 14 * 86_400

    /// How far back the first run fills the archive, so that there is a history to look at.
    static let lookBackSlots = 56
    /// Seconds of each slot that are made up.
    static let windowLength = 3000

    public init() {}

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let due = request.schedule.slot(containing: request.now).previous
        let slots =
            request.slot.map { [$0] }
            ?? sequence(first: due) { $0.previous }.prefix(Self.lookBackSlots).reversed()
        for slot in slots where request.wants(slot) {
            try Task.checkCancellation()
            try await archive(try window(of: slot, isLate: slot < due, request))
        }
    }

    private func window(
        of slot: Slot, isLate: Bool, _ request: WindowRequest
    ) throws -> ClosedWindow {
        var ledger = PostLedger(rules: request.rules)
        var events = EventReader(format: .jetstream, grammar: nil)
        var stream = SampleStream(slot: slot, length: Self.windowLength)
        while let line = stream.next() {
            Array(line.utf8).withUnsafeBytes { events.feed($0, to: &ledger) }
        }
        return try ClosedWindow(
            slot: slot, source: name, start: slot.start, end: slot.start + Self.windowLength,
            read: Double(Self.windowLength), meant: Double(Self.windowLength), isLate: isLate,
            tally: ledger.tally(keeping: request.top))
    }
}
