import ArgumentParser

/// `tidemark pull`: brings the archive to a new machine.
struct PullCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch the published archive.",
        discussion: """
            Every file is checked by its checksum. Files that are here stay, unless the published one \
            begins with all they hold; if one of them holds anything else, nothing is fetched (exit \
            code 3). A pull that was stopped goes on where it was. tidemark publish does this by \
            itself on a machine without an archive.
            """)

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            try await PullStep(context: context, settings: settings).run()
        }
    }
}
