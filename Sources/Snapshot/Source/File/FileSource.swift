import Decode

/// Recorded posts, cut into slots by their own times.
public struct FileSource: PostSource {
    public let name: String
    public let availability = Availability.recording
    let recording: Recording

    public init(name: String, recording: Recording) {
        self.name = name
        self.recording = recording
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        var ledgers = SlotLedgers(
            rules: request.rules, schedule: request.schedule, latest: request.now)
        let identity = Identity()
        for path in recording.paths {
            try Task.checkCancellation()
            try RecordedFile(
                FilePortion(path: path), format: recording.format, grammar: recording.grammar,
                links: request.rules.context?.links
            ).read(identity: identity, to: &ledgers)
            ledgers.endFile()
        }
        ledgers.settle()
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

extension FileSource {
    public func check() async -> [SourceCheck] {
        recording.paths.map { path in
            do {
                var recorded = try RecordedBytes(path: path)
                var part = try recorded.next()
                var first: UInt8 = 0
                let count = try withUnsafeMutableBytes(of: &first) {
                    try part?.bytes.read(into: $0) ?? 0
                }
                return SourceCheck(path, count == 0 ? "is there, and empty" : "can be read")
            } catch {
                return SourceCheck(path, "\(error)", isWrong: true)
            }
        }
    }
}
