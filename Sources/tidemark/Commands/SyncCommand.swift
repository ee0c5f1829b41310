import ArgumentParser

/// `tidemark sync`: brings the site to the bucket.
struct SyncCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Bring the built site to the bucket.",
        discussion: """
            Uploads what changed, pages after what they need, and deletes last, only what an earlier \
            sync put there. Credentials come from the environment or AWS profile files.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Print what would be done, and why, and change nothing.")
    var dryRun = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.output(settings.output), since: context.now) {
            try await SyncStep(context: context, settings: settings, isDryRun: dryRun).run()
        }
    }
}
