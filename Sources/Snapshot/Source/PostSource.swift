/// Where posts come from.
public protocol PostSource: Sendable {
    /// The name in the archive and on the site.
    var name: String { get }

    /// Whether a slot that passed without a row is `missing`. False for recordings, which have no
    /// schedule.
    var isScheduled: Bool { get }

    /// How many seconds after its end a slot can still be read; nil for a live source, whose slot is
    /// lost when it was not read while it ran. Of no meaning without a schedule.
    var lookBack: Int? { get }

    /// Looks whether what the source reads from can be read, changing nothing and costing nothing.
    func check() async -> [SourceCheck]

    /// Reads the slots that are due and hands over each window as soon as it is closed, oldest first.
    ///
    /// On cancellation hands over what was read so far, and throws `CancellationError`.
    func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws
}

extension PostSource {
    public var lookBack: Int? { nil }

    public func check() async -> [SourceCheck] { [] }
}
