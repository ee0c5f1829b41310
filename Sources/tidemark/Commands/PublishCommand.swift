import ArgumentParser

/// `tidemark publish`: what cron runs.
struct PublishCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Take a snapshot, build the site, and sync it to the bucket.",
        discussion: """
            Without a configuration it runs on a built-in demonstration, and ends with the site in \
            public/.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var slots: SlotOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let slot = try slots.slot(of: settings.window.schedule)
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            try await SnapshotStep(context: context, settings: settings)
                .run(slot: slot, replacing: slots.replace)
        }
    }
}
