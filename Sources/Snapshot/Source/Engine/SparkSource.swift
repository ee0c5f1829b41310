import Archive
import Calendar
import Decode
import Files
import FoundationEssentials
import Tally

/// Recorded posts that a cluster of Spark maps and adds up; here they are only ranked and archived.
///
/// The job hands out paths and shares, and `tidemark` on the workers does the rest (`Engines/spark`). Parts stay in the
/// folder until their slot is over and archived, so whatever is killed, the next run goes on.
public struct SparkSource: PostSource {
    /// Where Spark is, and what its workers have.
    public struct Cluster: Hashable, Sendable {
        /// As spark-submit takes it: `spark://host:7077`, `local[2]`.
        public var master: String
        /// `spark-submit`, by its path or name.
        public var submit: String
        /// Settings of Spark's own, `name=value`.
        public var settings: [String]
        /// Seen by all machines under the same path.
        public var folder: String
        /// On the workers: `tidemark`, and the file of the secret.
        public var program: String
        public var saltFile: String
        /// Shares that a slot is added up in.
        public var shares: Int
        /// Files that are handed out together.
        public var files: Int
        /// To how many bits ids are hashed.
        public var hashBits: Int
        /// Seconds after a slot's end until its last files are there, and that a run may take.
        public var settle: Int
        public var timeLimit: Int

        public init(
            master: String, submit: String, settings: [String], folder: String, program: String,
            saltFile: String, shares: Int, files: Int, hashBits: Int, settle: Int, timeLimit: Int
        ) {
            (self.master, self.submit, self.settings) = (master, submit, settings)
            (self.folder, self.program, self.saltFile) = (folder, program, saltFile)
            (self.shares, self.files, self.hashBits) = (shares, files, hashBits)
            (self.settle, self.timeLimit) = (settle, timeLimit)
        }
    }

    public let name: String
    public let availability = Availability.recording
    private var recording: Recording
    private var cluster: Cluster
    /// The job's own file; nil if it is not there.
    private let job: String?
    /// What `tidemark --version` prints here, and has to print on the workers.
    private let version: String
    /// The version of the Unicode Standard that hashtags are folded by.
    private let tables: String
    private let progress: @Sendable (String) -> Void

    public init(
        name: String, recording: Recording, cluster: Cluster, job: String?, version: String,
        tables: String, progress: @escaping @Sendable (String) -> Void
    ) {
        (self.name, self.recording, self.cluster) = (name, recording, cluster)
        // On the workers a program has another folder of its own.
        self.recording.paths = recording.paths.map(Self.absolute)
        self.cluster.folder = Self.absolute(cluster.folder)
        self.cluster.saltFile = Self.absolute(cluster.saltFile)
        (self.job, self.version, self.tables, self.progress) = (job, version, tables, progress)
    }

    private static func absolute(_ path: String) -> String {
        path.contains("://")
            ? path : FilePlace.joined(FileManager.default.currentDirectoryPath, path)
    }

    private var folder: String { "\(cluster.folder)/\(name)" }

    public func read(
        _ request: WindowRequest, archive: (ClosedWindow) async throws -> Void
    ) async throws {
        // Slots whose rows came in while nobody could clear up, and files that come late.
        try clear { request.archived.contains($0.start) }
        try await submit(request)
        try clear { request.archived.contains($0.start) }
        let slots = try slots()
        for slot in slots where request.wants(slot.slot) && isOver(slot.slot, at: request.now) {
            let set = try PartSet(
                slot.paths(".part"), rules: request.rules, tables: tables,
                counted: slot.paths(".tags"))
            guard let source = PartSource(set) else { continue }
            let span = RecordedSpan(
                around: slot.slot, of: name, in: parts, among: slots.compactMap(\.span))
            if let window = try source.window(for: request, among: span.times) {
                try await archive(window)
            } else {
                try clear { $0 == slot.slot }
            }
        }
    }

    public func release(_ slot: Slot) throws { try clear { $0 == slot } }

    /// Lets the job map what is new, and add up what is over.
    private func submit(_ request: WindowRequest) async throws {
        guard let job else {
            throw SnapshotError.engine(
                reason:
                    "its job is not there: Engines, which comes with Tidemark, belongs beside the configuration"
            )
        }
        try Folder.make(folder)
        let again = request.slot.map { "checkpoint-\(PartMap.name(of: $0))" }
        let order = Order(
            source: name, paths: recording.paths, folder: folder,
            checkpoint: again ?? "checkpoint", program: cluster.program, version: version,
            map: mapArguments(request), posts: request.rules.keepDeleted ? ["--keep-deleted"] : [],
            shares: cluster.shares, files: cluster.files, hours: request.schedule.hours,
            before: request.now.secondsSinceEpoch - Int64(cluster.settle),
            slot: request.slot.map(PartMap.name),
            archived: request.archived.map {
                PartMap.name(of: request.schedule.slot(containing: $0))
            }.sorted())
        let file = "\(folder)/job.json"
        try WholeFile.write(Array(JSONEncoder().encode(order)), to: file)
        defer {
            try? FilePlace.remove(file)
            if let again { try? FilePlace.remove("\(folder)/\(again)") }
        }
        let settings =
            ["spark.ui.enabled=false", "spark.sql.streaming.minBatchesToRetain=2"]
            + cluster.settings
        let process = EngineProcess(
            program: cluster.submit,
            arguments: ["--master", cluster.master] + settings.flatMap { ["--conf", $0] }
                + [job, file],
            timeLimit: cluster.timeLimit)
        let said = SaidLines()
        let (end, complaints) = try await process.run { line in
            guard let sentence = said.take(line) else { return }
            progress(sentence)
        }
        switch end {
        case .late:
            throw SnapshotError.engine(
                reason:
                    "it was not done in \(cluster.timeLimit) seconds, which spark.timeLimit says")
        case .none(let reason):
            throw SnapshotError.engine(reason: "\(cluster.submit) cannot be run: \(reason)")
        case .exited(let isDone):
            if isDone, said.isDone { return }
            let other = complaints.last { $0.contains("Exception") || $0.contains("rror") }
            throw SnapshotError.engine(
                reason: said.error ?? other ?? complaints.last ?? "the job ended unfinished")
        }
    }

    /// What `tidemark part map` has to know on the workers.
    private func mapArguments(_ request: WindowRequest) -> [String] {
        let rules = request.rules
        func flag(_ name: String, _ isOn: Bool) -> [String] { isOn ? [name] : [] }
        var arguments = [
            "--format", recording.format.rawValue, "--source", name, "--salt-file",
            cluster.saltFile, "--every", "\(request.schedule.hours)", "--max-tags",
            "\(rules.maxTags)", "--hash-bits", "\(cluster.hashBits)",
        ]
        arguments += recording.grammar.map { ["--grammar", $0.rawValue] } ?? []
        arguments += (rules.languages ?? []).map(\.description).sorted().flatMap { ["--lang", $0] }
        arguments += flag("--include-reposts", rules.includeReposts)
        arguments += flag("--include-sensitive", rules.includeSensitive)
        arguments += flag("--include-bots", rules.includeBots)
        if let context = rules.context {
            arguments += flag("--no-links", context.links == nil)
            arguments += (context.links?.blocked.sorted() ?? []).flatMap { ["--block-host", $0] }
        }
        return arguments
    }

    private func isOver(_ slot: Slot, at now: Timestamp) -> Bool {
        slot.end + cluster.settle <= now
    }

    /// What the job is to do; it has no secret in it.
    private struct Order: Encodable {
        let source: String
        let paths: [String]
        let folder: String
        let checkpoint: String
        let program: String
        let version: String
        let map: [String]
        let posts: [String]
        let shares: Int
        let files: Int
        let hours: Int
        /// Slots are over that ended before it, in seconds since 1970.
        let before: Int64
        let slot: String?
        let archived: [String]
    }

    /// Takes away what there is of slots.
    private func clear(_ isDone: (Slot) -> Bool) throws {
        let slots = try slots()
        for slot in slots where isDone(slot.slot) {
            try RecordedSpan(
                around: slot.slot, of: name, in: parts, among: slots.compactMap(\.span)
            ).keep()
            try FilePlace.remove(slot.path)
        }
    }

    private var parts: String { "\(folder)/parts" }

    private func slots() throws -> [PartFolder] { try PartFolder.all(in: parts) }
}
