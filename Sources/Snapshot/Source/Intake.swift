import Decode
import Tally

/// What the partitions of a source have brought for a slot, whatever its times: enough to tell when all of it is none of
/// what was expected, and to read no more of what may have no end.
struct Intake: Sendable {
    private(set) var recordCount = 0
    private(set) var invalidCount = 0

    /// So many unreadable records, and none that is readable, are enough to tell by.
    private static let fewRecords = 100_000

    mutating func take(_ event: StreamEvent) {
        recordCount += 1
        if case .invalid = event { invalidCount += 1 }
    }

    /// Whether no more is to be looked at.
    var isGarbage: Bool { recordCount >= Self.fewRecords && invalidCount == recordCount }

    /// Why it is no window; nil if it may be one.
    ///
    /// - Parameter read: what was read of the slot itself.
    func complaint(
        of origin: String, in format: PostFormat, _ read: ReadCounts
    ) -> SnapshotError? {
        if isGarbage { return .unreadable(origin: origin, format: format, count: recordCount) }
        return read.holdsNoPost
            ? .unreadable(origin: origin, format: format, count: read.records) : nil
    }
}
