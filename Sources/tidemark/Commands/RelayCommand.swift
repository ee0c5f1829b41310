import AWS
import ArgumentParser
import Calendar
import Files
import Kafka
import Snapshot
import Tasks

/// `tidemark relay`: passes what a live source gives on to a topic, a stream, files, or whoever connects.
struct RelayCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "relay",
        abstract: "Pass the posts of a live source on, so that others can count them.",
        discussion: """
            Runs until it is stopped. Every record goes on as it came, at least once: with --to into the topic of a \
            source of kind kafka, its key the post's id and its time the post's, or the stream of one of kind kinesis; \
            with --files into a file for each \
            slot; with --listen to a source of kind socket that connects. How far all has arrived is kept in \
            --cursor, and where the source can go back (bluesky) the next run goes on from there. What a source of \
            kind x sends costs money, and comes out of its budget.
            """)

    @Argument(help: "The source whose posts go on.")
    var source: String

    @Option(help: "A source of kind kafka or kinesis, into whose topic or stream they go.")
    var to: String?

    @Option(help: "A folder, in which each slot gets a file.")
    var files: String?

    @Option(help: "Where to listen for whoever reads them, as host:port.")
    var listen: String?

    @Option(help: "The file that keeps how far all has arrived. (default: relay-SOURCE.cursor)")
    var cursor: String?

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        guard [to, files, listen].count(where: { $0 != nil }) == 1 else {
            throw UsageError(sentence: "say where to: one of --to, --files and --listen")
        }
        let settings = try context.settings()
        let origin = try settings.watched([source])[0]
        let schedule = settings.window.schedule
        let run = SourceRun(
            archive: settings.archive, schedule: schedule, isLive: true,
            certificates: context.certificates, environment: context.environment)
        let posts = try origin.kind.postSource(named: origin.name, for: run)
        let file = cursor ?? "relay-\(source).cursor"
        return try await RunLock.holding(file + ".lock", since: context.now) {
            let start = origin.kind is Settings.Bluesky ? try RelayCursor(file).read() : nil
            if let name = to {
                let kind = try settings.kind(of: name, for: origin)
                if let kafka = kind as? Settings.Kafka {
                    let topic = kafka.topic(for: run)
                    try await topic.withTokens { tokens in
                        let writer = try await connected(to: topic, tokens)
                        try await relay(posts, on: schedule, to: writer, from: start, file, context)
                    }
                } else if let kinesis = kind as? Settings.Kinesis {
                    let stream = try await connected(
                        to: kinesis.stream, at: kinesis.access(named: name, run.environment),
                        context)
                    try await stream.delivering {
                        try await relay(posts, on: schedule, to: stream, from: start, file, context)
                    }
                } else {
                    throw UsageError(
                        sentence: "--to must name another source, of kind kafka or kinesis")
                }
            } else if let folder = files {
                try await relay(
                    posts, on: schedule, to: RelayFiles(folder: folder, schedule: schedule),
                    from: start, file, context)
            } else if let listen {
                let form = SettingForm<(host: String, port: UInt16)>.endpoint
                guard
                    let (host, port) = try? form.read(
                        .text(listen), SettingPlace(origin: .flag("--listen"), folder: ""))
                else { throw UsageError(sentence: "--listen must be host:port") }
                try await relay(
                    posts, on: schedule, to: RelaySocket(host: host, port: port), from: start, file,
                    context)
            }
            return .done
        }
    }

    private func connected(
        to topic: KafkaTopic, _ tokens: TokenBox?
    ) async throws -> TopicWriter {
        try await onThread { isStopped throws(KafkaError) in
            try TopicWriter.check(
                topic.name, at: topic.access, token: tokens, until: .now + .seconds(30),
                isStopped: isStopped)
            return try TopicWriter(to: topic.name, at: topic.access, token: tokens)
        }
    }

    private func connected(
        to stream: String, at access: ServiceAccess, _ context: RunContext
    ) async throws -> RelayStream {
        let trial = try KinesisClient(
            stream: stream, at: access, retry: Retry(limit: .seconds(30)))
        _ = try await trial.summary()
        // What is refused in passing is no reason to end.
        let client = try KinesisClient(stream: stream, at: access, retry: Retry())
        let console = context.console
        return RelayStream(to: client) { console.warn("\(source): \($0)") }
    }

    private func relay(
        _ posts: any PostSource, on schedule: Schedule, to target: any RelayTarget,
        from start: Timestamp?, _ file: String, _ context: RunContext
    ) async throws {
        let console = context.console
        console.progress("Passing on \(source)…")
        let relay = Relay(of: posts, on: schedule, to: target) { try RelayCursor(file).keep($0) }
        try await relay.run(from: start) { console.warn("\(source): \($0)") }
    }
}

/// How far all that was passed on has arrived, on disk.
struct RelayCursor {
    private let file: String

    init(_ file: String) { self.file = file }

    /// Nil if there is none yet.
    func read() throws -> Timestamp? {
        guard let bytes = try WholeFile.readIfPresent(file, limit: 64) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).trimmingSpaces()
        guard let time = Timestamp(text) else { throw RelayCursorError(file: file) }
        return time
    }

    func keep(_ time: Timestamp) throws(FileError) {
        try WholeFile.write(Array("\(time)\n".utf8), to: file)
    }
}

/// A cursor's file that is none.
struct RelayCursorError: ExitCoded, CustomStringConvertible {
    let file: String
    var description: String {
        "\(file): is no time such as 2026-11-22T06:00:00Z; correct it, or delete it to begin now"
    }
    let exitCode = ExitCode.failed
}

extension Settings {
    /// The kind of the source of that name, to write the posts of another into it; nil if it is the same.
    fileprivate func kind(of name: String, for origin: Source) throws -> (any SourceKind)? {
        guard let source = sources.first(where: { $0.name == name }) else {
            throw WatchError.unknown(name: name)
        }
        return source.name == origin.name ? nil : source.kind
    }
}
