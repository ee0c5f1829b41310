import Calendar
import Tally
import Tasks

/// The parts of one slot: a recording of all their posts.
public struct PartSource: PostSource {
    public let name: String
    public let availability = Availability.recording
    private let parts: PartSet
    /// At least one part.
    private let first: PartFile
    /// The names of the parts that were to come.
    private let expected: [String]
    /// The first and last times of all that was recorded, of whatever slot; nil for what the parts tell.
    public var span: ClosedRange<Timestamp>?

    /// Nil without a part. With a part that was `expected` and is not there the window is partial.
    public init?(_ parts: PartSet, expecting expected: [String] = []) {
        guard let first = parts.parts.first else { return nil }
        (self.parts, self.first, self.expected) = (parts, first, expected)
        name = first.header.source
    }

    public var slot: Slot { first.slot }

    /// Those of the expected that are not there.
    public var missing: [String] {
        let names = Set(parts.parts.map(\.header.name))
        return expected.filter { !names.contains($0) }
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        guard request.wants(slot),
            let window = try window(for: request, among: span ?? parts.span)
        else { return }
        try await archive(window)
    }

    /// Whether a part has a post: without one a slot has no window.
    public var hasPosts: Bool { parts.hasPosts }

    /// The window that the parts are; nil without a post.
    ///
    /// - Parameter span: the first and last times of all that was recorded, of whatever slot.
    func window(
        for request: WindowRequest, among span: ClosedRange<Timestamp>?
    ) throws -> ClosedWindow? {
        guard hasPosts else { return nil }
        let tally = try counts(for: request)
        guard
            var window = ClosedWindow(recorded: span, slot: slot, source: name, tally: tally)
        else {
            throw SnapshotError.noPosts(
                paths: parts.parts.map(\.path), format: first.format,
                recordCount: tally.read.records)
        }
        var notes = [window.note, parts.width.doubt(of: tally.read.deliveries) ?? ""]
        let missing = missing
        if !missing.isEmpty {
            let share = Double(expected.count - missing.count) / Double(expected.count)
            window.coverage = min(0.9999, window.coverage * share)
            window.status = .partial
            notes.insert("without \(missing.joined(separator: ", "))", at: 0)
        }
        window.note = notes.filter { !$0.isEmpty }.joined(separator: "; ")
        return window
    }

    /// What the parts add up to.
    func counts(for request: WindowRequest) throws -> Counts {
        guard request.rules.editions.isEmpty else { throw SnapshotError.editions(source: name) }
        let theirs = request.schedule.slot(containing: slot.start)
        guard theirs == slot else {
            throw SnapshotError.otherSchedule(
                slot: "\(slot.start)", hours: slot.hours, expected: theirs.hours)
        }
        return try parts.tally(keeping: request.top, workers: Parallel.coreCount)
    }
}
