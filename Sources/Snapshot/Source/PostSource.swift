import Calendar

/// Where posts come from.
public protocol PostSource: Sendable {
    /// The name in the archive and on the site.
    var name: String { get }

    var availability: Availability { get }

    /// Looks whether what the source reads from can be read, changing nothing and costing nothing.
    func check() async -> [SourceCheck]

    /// Reads the slots that are due and hands over their windows, oldest first.
    ///
    /// On cancellation hands over what was read so far, and throws `CancellationError`.
    func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws

    /// Keeps what the source has to itself, beside all that follows, until the task is cancelled.
    func keep() async

    /// Throws if the window of this slot, which is about to be archived, is another's by now.
    func claim(_ slot: Slot) async throws

    /// The window of this slot is in the archive: what it was made of is needed no more.
    func release(_ slot: Slot) async throws

    /// The run is over, whatever became of it.
    func end() async
}

extension PostSource {
    public func check() async -> [SourceCheck] { [] }
    public func keep() async {}
    public func claim(_ slot: Slot) async throws {}
    public func release(_ slot: Slot) async throws {}
    public func end() async {}

    /// Reads slots one after the other, and hands over their windows. One of nothing but garbage holds up no other: why it
    /// is no window is thrown when the others have been read.
    func read(
        _ slots: [Slot], by window: (Slot) async throws -> ClosedWindow,
        archive: (ClosedWindow) async throws -> Void
    ) async throws {
        var failure: SnapshotError?
        for slot in slots {
            try Task.checkCancellation()
            do {
                try await archive(window(slot))
            } catch let error as SnapshotError where error.isOfSlot {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }
}
