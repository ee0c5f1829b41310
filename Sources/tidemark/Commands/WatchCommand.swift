import Archive
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
            two seconds; otherwise one table a source is printed at the end. Sources of kind socket and \
            bluesky are read, and mastodon with mode stream; x, which costs money, is not.
            """)

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let run = try settings.snapshotRun(certificates: context.certificates, isWatched: true)
        guard !run.sources.isEmpty else { throw NothingToWatch() }
        let screen = WatchScreen(
            isRedrawn: isatty(STDOUT_FILENO) == 1, top: settings.window.top, context.console)
        let watcher = WindowWatcher(every: .seconds(2)) { screen.update($0, $1) }
        context.console.progress("Reading \(run.sources.map(\.name).joined(separator: ", "))…")
        try await run.watch(now: context.now, watcher) { screen.finish($0.source, $0.tally) }
        return .done
    }
}

/// No source is one that can be looked at as it goes.
struct NothingToWatch: ExitCoded, Hashable, CustomStringConvertible {
    var description: String {
        "no source can be watched; sources of kind bluesky and socket can, and mastodon with mode: stream"
    }
    var exitCode: ExitCode { .configuration }
}
