import ArgumentParser
import Snapshot

/// `tidemark engine`: keeps a job at work on the cluster that reads a source.
struct EngineCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "engine",
        abstract: "Keep the cluster that reads a source at work, until it is stopped.",
        discussion: """
            For a source with engine: spark. Without this, tidemark snapshot starts a job on the cluster each time and waits \
            for it. With it, one job stays, reads each spark.pause what is new, and adds up each period when it is over; \
            a snapshot then only ranks and archives. Run it as a service that begins again when it ends: it ends with a \
            sentence if the job fails, and the next goes on from there.
            """)

    @Argument(help: "The source.")
    var source: String

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        guard let chosen = settings.sources.first(where: { $0.name == source }) else {
            throw WatchError.unknown(name: source)
        }
        let console = context.console
        let run = try settings.snapshotRun(
            of: [chosen], isLive: false, certificates: context.certificates,
            environment: context.environment, progress: { console.progress($0) })
        guard run.hasEngine else {
            throw UsageError(sentence: "\(source) has no engine: engine: spark gives it one")
        }
        do {
            try await run.attend(now: context.now)
        } catch  where Task.isCancelled {
            // To be ended is how it ends.
        }
        return .done
    }
}
