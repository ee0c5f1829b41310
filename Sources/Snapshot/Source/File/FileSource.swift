import Archive
import Decode

/// Recorded posts, cut into slots by their own times.
public struct FileSource: PostSource {
    public let name: String
    public let isScheduled = false
    let recording: Recording

    public init(name: String, recording: Recording) {
        self.name = name
        self.recording = recording
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        var ledgers = SlotLedgers(rules: request.rules, schedule: request.schedule)
        let identity = Identity()
        for path in recording.paths {
            try Task.checkCancellation()
            try RecordedFile(
                FilePortion(path: path), format: recording.format, grammar: recording.grammar
            ).read(identity: identity, to: &ledgers)
        }
        let slots = ledgers.slots
        if slots.isEmpty && ledgers.recordCount > 0 {
            throw SnapshotError.noPosts(
                paths: recording.paths, format: recording.format, recordCount: ledgers.recordCount)
        }
        for slot in slots where request.wants(slot) {
            if let window = try ledgers.window(slot, of: name, keeping: request.top) {
                try await archive(window)
            }
        }
    }
}
