import Calendar
import Files
import FoundationEssentials
import Tasks
import Text

/// The job on a cluster: maps what is new, and adds up what is over, once or for good.
struct SparkJob: Sendable {
    let name: String
    let input: SparkSource.Input
    let cluster: SparkSource.Cluster
    /// Its program; nil if it is not there.
    let program: String?
    /// What `tidemark --version` prints here, and has to print on the workers.
    let version: String
    let progress: @Sendable (String) -> Void

    var folder: String { "\(cluster.folder)/\(name)" }
    var parts: String { "\(folder)/parts" }
    private var orderFile: String { "\(folder)/order.json" }
    private var roundFile: String { "\(folder)/round.json" }
    /// The right to run it.
    private var lock: HeldLock { HeldLock("\(folder)/.engine") }

    /// What a job that stays has done: slots that were over before it, in seconds since 1970, are added up.
    private struct Round: Codable {
        var before: Int64
    }

    /// Has one round done: by a job of this run, or by the one that is running for good.
    ///
    /// - Returns: how many files the job of this run has mapped.
    func runOnce(for request: WindowRequest) async throws -> Int {
        try Folder.make(folder)
        let archived = request.archived.map {
            PartMap.name(of: request.schedule.slot(containing: $0))
        }
        try WholeFile.write(
            Array(JSONEncoder().encode(archived.sorted())), to: "\(folder)/archived.json")
        let end = ContinuousClock.now + .seconds(cluster.timeLimit)
        let needed = request.schedule.slot(containing: request.now - cluster.settle).start
        while true {
            let lock = lock
            if try lock.take(saying: "a run of tidemark") {
                defer { lock.release() }
                return try await submit(for: request, isLasting: false)
            }
            if request.slot == nil, try lastRound() >= needed.secondsSinceEpoch { return 0 }
            guard .now < end else { throw late }
            progress("\(name): Spark is at work")
            // Nothing tells of what a job of another machine has done.
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// Has rounds done until it is cancelled or the job fails.
    func runForGood(for request: WindowRequest) async throws {
        try Folder.make(folder)
        let lock = lock
        guard try lock.take(saying: "tidemark engine") else {
            throw SnapshotError.engine(
                reason: "another run is at work in \(folder); wait until it is done, or end it")
        }
        defer { lock.release() }
        if try FilePlace.kind(of: "\(folder)/archived.json") == nil {
            try WholeFile.write(Array("[]".utf8), to: "\(folder)/archived.json")
        }
        _ = try await submit(for: request, isLasting: true)
    }

    /// Lets the next job read all files again.
    func forget() throws { try FilePlace.remove("\(folder)/\(SparkOrder.checkpoint)") }

    private func lastRound() throws -> Int64 {
        guard let bytes = try WholeFile.readIfPresent(roundFile, limit: 1 << 12),
            let round = try? JSONDecoder().decode(Round.self, from: Data(bytes))
        else { return .min }
        return round.before
    }

    private var late: SnapshotError {
        .engine(
            reason:
                "it was not done in \(quantity(cluster.timeLimit, "second")), which spark.timeLimit says"
        )
    }

    private func submit(for request: WindowRequest, isLasting: Bool) async throws -> Int {
        guard let program else {
            throw SnapshotError.engine(
                reason:
                    "its job is not there: Engines, which comes with Tidemark, belongs beside the configuration"
            )
        }
        var order = SparkOrder(for: request, of: name, input, cluster, version: version)
        if isLasting { order.pause = max(1, cluster.pause) }
        order.slot = request.slot.map(PartMap.name)
        if let slot = order.slot { order.checkpoint += "-\(slot)" }
        let file = orderFile
        let (checkpoint, planned) = ("\(folder)/\(order.checkpoint)", ranges(for: request))
        defer {
            try? FilePlace.remove(file)
            if request.slot != nil {
                try? FilePlace.remove(checkpoint)
                if let planned { try? FilePlace.remove(planned.folder) }
            }
            if let said = order.said { try? FilePlace.remove(said) }
        }
        if let said = order.said { try WholeFile.write([], to: said) }
        try await next(&order, for: request, at: request.now)
        let said = SaidLines()
        let (rounds, ended) = AsyncStream.makeStream(of: Int.self)
        let first = order
        let launched = try await withThrowingTaskGroup(of: Launched?.self) { group in
            group.addTask {
                defer { ended.finish() }
                return try await launch(program, first, isLasting: isLasting) { line in
                    let told = said.take(line)
                    if let round = told.round { ended.yield(round) }
                    if let sentence = told.sentence { progress("\(name): \(sentence)") }
                }
            }
            group.addTask {
                var order = first
                for await _ in rounds {
                    try planned?.forget()
                    try WholeFile.write(
                        Array(JSONEncoder().encode(Round(before: order.before))), to: roundFile)
                    guard isLasting else { continue }
                    try await Task.sleep(for: .seconds(order.pause))
                    order.round += 1
                    while true {
                        do {
                            try await next(&order, for: request, at: .now())
                            break
                        } catch SnapshotError.topic(let error) where error.isTransient {
                            progress("\(name): \(error)")
                            try await Task.sleep(for: .seconds(order.pause))
                        }
                    }
                }
                return nil
            }
            var launched: Launched?
            for try await result in group { launched = result ?? launched }
            return launched
        }
        try Task.checkCancellation()
        guard let launched else { throw late }
        switch launched.end {
        case .late: throw late
        case .none(let reason): throw SnapshotError.engine(reason: reason)
        case .killed(let signal):
            throw SnapshotError.engine(
                reason: said.error ?? "its job on this machine was killed by signal \(signal)")
        case .exited(let isDone):
            if isDone, said.isDone { return said.fileCount }
            let complaints = launched.complaints
            let other = complaints.last { $0.contains("Exception") || $0.contains("rror") }
            throw SnapshotError.engine(
                reason: said.error ?? other ?? complaints.last ?? "the job ended unfinished")
        }
    }

    private struct Launched: Sendable {
        var end: EngineProcess.End
        var complaints: [String]
    }

    /// Plans the ranges of a topic, and writes the order of a round.
    private func next(
        _ order: inout SparkOrder, for request: WindowRequest, at now: Timestamp
    ) async throws {
        order.before = now.secondsSinceEpoch - Int64(cluster.settle)
        if case .files(let recording) = input { order.paths = recording.paths }
        if let ranges = ranges(for: request) {
            let slot = request.slot ?? request.schedule.slot(containing: now).previous
            let lost = try await ranges.plan(from: slot.start - Self.margin).lost
            for partition in lost {
                try Folder.make(parts)
                try WholeFile.write([], to: "\(parts)/p\(partition)\(PartMap.lostEnding)")
            }
            order.paths = [ranges.folder]
        }
        try order.write(to: orderFile)
    }

    /// Those of a topic; those of a slot that is read again are its own.
    private func ranges(for request: WindowRequest) -> TopicRanges? {
        guard case .topic(let topic, _, _) = input else { return nil }
        let own = request.slot.map { "-\(PartMap.name(of: $0))" } ?? ""
        return TopicRanges(
            topic: topic, folder: "\(folder)/ranges\(own)", length: cluster.messages)
    }

    /// How much of a topic is read before the first slot, in seconds.
    private static let margin = 300

    private func launch(
        _ program: String, _ order: SparkOrder, isLasting: Bool,
        _ tell: @escaping @Sendable (String) -> Void
    ) async throws -> Launched {
        // Compiling for long runs costs more than such a run has to gain.
        let java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        let settings =
            [
                "spark.ui.enabled=false", "spark.sql.streaming.minBatchesToRetain=2",
                "spark.driver.extraJavaOptions=\(java)", "spark.executor.extraJavaOptions=\(java)",
            ] + cluster.settings
        if let rest = cluster.rest, let said = order.said {
            let copy = "\(folder)/tidemark_job.py"
            try WholeFile.write(try WholeFile.read(program), to: copy)
            let submission = SparkSubmission(
                server: rest, master: cluster.master, settings: settings,
                arguments: [copy, orderFile], said: said,
                timeLimit: isLasting ? nil : cluster.timeLimit)
            let (end, complaints) = try await submission.run(tell)
            return Launched(end: end, complaints: complaints)
        }
        let process = EngineProcess(
            program: cluster.submit,
            arguments: ["--master", cluster.master] + settings.flatMap { ["--conf", $0] }
                + [program, orderFile],
            timeLimit: isLasting ? nil : cluster.timeLimit)
        var (end, complaints) = try await process.run(tell)
        if case .none(let reason) = end {
            end = .none(reason: "\(cluster.submit) cannot be run: \(reason)")
        }
        return Launched(end: end, complaints: complaints)
    }
}
