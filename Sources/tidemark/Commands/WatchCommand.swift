import ArgumentParser
import Glibc
import Snapshot

/// `tidemark watch`: the top hashtags of a window while it is being read.
struct WatchCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show the top hashtags of the live sources while they are read; archive nothing.",
        discussion: """
            Reads from now for window.length, or until Ctrl-C. On a terminal the table is redrawn every \
            two seconds; otherwise one table a source is printed at the end. Sources of kind socket, \
            bluesky, kafka and kinesis are read, and mastodon with mode stream. A source of kind x has to be named: its \
            posts cost money, come out of its budget, and are noted in archive/spending; meanwhile no \
            other run can archive.
            """)

    @Argument(help: "Sources to watch; without any, all that cost nothing.")
    var names: [String] = []

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let sources = try settings.watched(names)
        let run = try settings.snapshotRun(
            of: sources, isLive: true, certificates: context.certificates,
            environment: context.environment)
        if sources.contains(where: \.kind.costsMoney) {
            // Two runs at once would each take the budget for their own.
            try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
                try await watch(run, top: settings.window.top, context)
            }
        } else {
            try await watch(run, top: settings.window.top, context)
        }
        return .done
    }

    private func watch(_ run: SnapshotRun, top: Int, _ context: RunContext) async throws {
        let screen = WatchScreen(
            isRedrawn: isatty(STDOUT_FILENO) == 1, top: top, context.console)
        let watcher = WindowWatcher(every: .seconds(2)) { screen.update($0, $1) }
        context.console.progress("Reading \(run.sources.map(\.name).joined(separator: ", "))…")
        try await run.watch(now: context.now, watcher) { screen.finish($0.source, $0.tally) }
    }
}
