import ArgumentParser

/// `tidemark build`: makes the site of the archive.
struct BuildCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build the site from the archive.",
        discussion: """
            The new site is staged and checked before it takes the place of the old one; files that \
            did not change are left alone.
            """)

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.output(settings.output), since: context.now) {
            try BuildStep(context: context, settings: settings).run()
        }
    }
}
