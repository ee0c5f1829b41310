import Archive
import Calendar
import Decode
import Files
import FoundationEssentials
import Tally

/// Recordings, or a topic, that a cluster of Spark maps and adds up; here slots are only ranked and archived.
///
/// The job hands out paths, offsets and shares, and `tidemark` on the workers does the rest (`Engines/spark`). Parts stay
/// in the folder until their slot is over and archived, so whatever is killed, the next run goes on.
public struct SparkSource: PostSource {
    public let name: String
    private let job: SparkJob
    /// The version of the Unicode Standard that hashtags are folded by.
    private let tables: String
    /// The right to close its slots, where several machines publish.
    private let right: HeldLock

    public init(
        name: String, input: Input, cluster: Cluster, program: String?, version: String,
        tables: String, progress: @escaping @Sendable (String) -> Void
    ) {
        self.name = name
        self.tables = tables
        // On the workers a program has another folder of its own.
        var (input, cluster) = (input, cluster)
        if case .files(var recording) = input {
            recording.paths = recording.paths.map(Self.absolute)
            input = .files(recording)
        }
        cluster.folder = Self.absolute(cluster.folder)
        cluster.saltFile = Self.absolute(cluster.saltFile)
        cluster.passwordFile = cluster.passwordFile.map(Self.absolute)
        cluster.keyPasswordFile = cluster.keyPasswordFile.map(Self.absolute)
        job = SparkJob(
            name: name, input: input, cluster: cluster, program: program, version: version,
            progress: progress)
        right = HeldLock("\(job.folder)/.publisher")
    }

    private static func absolute(_ path: String) -> String {
        path.contains("://")
            ? path : FilePlace.joined(FileManager.default.currentDirectoryPath, path)
    }

    public var availability: Availability {
        switch job.input {
        case .files: .recording
        case .topic(_, let lookBack, _): .replayable(lookBack: lookBack)
        }
    }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let due = try request.dueSlots(of: name, availability)
            .filter { $0.end + job.cluster.settle <= request.now }
        if availability != .recording, due.isEmpty { return }
        guard try right.take(saying: "a publisher that closes its slots") else { return }
        // Slots whose rows came in while nobody could clear up, and files that come late; and a slot to be read again.
        let isDone = { (slot: Slot) in request.archived.contains(slot.start) }
        try clear { isDone($0) || $0 == request.slot }
        let fileCount = try await job.runOnce(for: request)
        try clear(isDone)
        switch job.input {
        case .topic(let topic, _, _): try await close(due, of: topic, for: request, archive)
        case .files(let recording):
            try await close(recording, fileCount, for: request, archive)
        }
    }

    public func release(_ slot: Slot) throws { try clear { $0 == slot } }

    public func end() { right.release() }

    /// Keeps a job on the cluster until it is cancelled, so that a run finds added up what is over.
    func attend(_ request: WindowRequest) async throws { try await job.runForGood(for: request) }

    /// - Parameter fileCount: what the run has read anew.
    private func close(
        _ recording: Recording, _ fileCount: Int, for request: WindowRequest,
        _ archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let slots = try slots()
        var hasPosts = !request.archived.isEmpty || request.slot != nil
        for slot in slots
        where request.wants(slot.slot) && slot.slot.end + job.cluster.settle <= request.now {
            guard let source = try source(of: slot, for: request) else { continue }
            let span = span(around: slot.slot, among: slots)
            if let window = try source.window(for: request, among: span.times) {
                hasPosts = true
                try await archive(window)
            } else {
                try clear { $0 == slot.slot }
            }
        }
        if fileCount > 0, !hasPosts, try self.slots().isEmpty {
            // All of it is read again, by then perhaps as another format.
            try job.forget()
            throw SnapshotError.noPosts(
                paths: recording.paths, format: recording.format, recordCount: nil)
        }
    }

    /// As one machine would that reads the topic.
    private func close(
        _ due: [Slot], of topic: KafkaTopic, for request: WindowRequest,
        _ archive: (ClosedWindow) async throws -> Void
    ) async throws {
        let folders = try slots()
        let marks = try (Folder.entries(of: job.parts) ?? []).map(\.name)
            .filter { $0.hasSuffix(PartMap.lostEnding) }
        func tidy() throws {
            for mark in marks { try FilePlace.remove("\(job.parts)/\(mark)") }
            // Of slots that nobody will ask for.
            try clear { slot in slot < request.running && !due.contains(slot) }
        }
        func window(of slot: Slot) throws -> ClosedWindow {
            let folder = folders.first { $0.slot == slot }
            var (extent, partitionCount) = try TopicExtent.union(
                of: folder?.paths(TopicExtentFile.ending) ?? [], slot)
            for _ in marks { extent.lose(from: nil, to: nil) }
            if let complaint = extent.complaint(of: topic) { throw complaint }
            if extent.seconds.eventCount == 0, !folders.contains(where: { $0.slot > slot }) {
                throw SnapshotError.nothingMore(
                    source: name, since: "\(slot.start)", slot: "\(slot.start)")
            }
            partitionCount = max(partitionCount, marks.count)
            let counted = try folder.flatMap {
                try source(of: $0, for: request)?.counts(for: request)
            }
            if let read = counted?.read,
                let complaint = Intake().complaint(of: topic.origin, in: topic.format, read)
            {
                throw complaint
            }
            return extent.closed(
                by: name, partitionCount: partitionCount, isLate: request.isLate(slot),
                try counted ?? PostLedger(rules: request.rules).tally(keeping: request.top))
        }
        do {
            try await read(due, by: window) { window in
                try await archive(window)
                try clear { $0 == window.slot }
            }
        } catch let error as SnapshotError where error.isOfSlot {
            try tidy()
            throw error
        }
        try tidy()
    }

    private func source(of slot: PartFolder, for request: WindowRequest) throws -> PartSource? {
        PartSource(
            try PartSet(
                slot.paths(".part"), rules: request.rules, tables: tables,
                counted: slot.paths(".tags")))
    }

    /// Takes away what there is of slots.
    private func clear(_ isDone: (Slot) -> Bool) throws {
        let slots = try slots()
        for slot in slots where isDone(slot.slot) {
            if availability == .recording { try span(around: slot.slot, among: slots).keep() }
            try FilePlace.remove(slot.path)
        }
    }

    /// What is known of the recordings that a slot is of.
    private func span(around slot: Slot, among slots: [PartFolder]) -> RecordedSpan {
        RecordedSpan(around: slot, of: name, in: job.parts, among: slots.compactMap(\.span))
    }

    private func slots() throws -> [PartFolder] { try PartFolder.all(in: job.parts) }
}

extension SnapshotRun {
    /// Keeps the engine of its one source at work, until it is cancelled; clock and archive are not asked.
    public func attend(now: Timestamp) async throws {
        for case let source as SparkSource in sources {
            try await source.attend(
                WindowRequest(
                    now: now, schedule: schedule, length: length, slot: nil, archived: [],
                    rules: rules(of: source.name), top: top))
        }
    }

    /// Whether its sources are read by an engine.
    public var hasEngine: Bool { sources.allSatisfy { $0 is SparkSource } }
}
