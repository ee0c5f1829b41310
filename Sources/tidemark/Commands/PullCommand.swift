import ArgumentParser

/// `tidemark pull`: brings the archive to a new machine.
struct PullCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch the published archive.",
        discussion: """
            Every file is checked by its checksum. Files that are here stay, unless the published one \
            begins with all they hold; if one of them holds anything else, nothing is fetched (exit \
            code 3) without --merge. A pull that was stopped goes on where it was. tidemark publish does this by \
            itself on a machine without an archive, or with one that is only behind. --from dynamodb takes it from the \
            table of dynamodb.table, byte for byte as it was brought there.
            """)

    /// Where an archive is fetched from.
    enum Place: String, CaseIterable, ExpressibleByArgument { case published, dynamodb }

    @Option(help: "Where it is: published, or dynamodb.")
    var from = Place.published

    @OptionGroup var options: GlobalOptions

    @Flag(
        help:
            "Make one archive of the published one and this: what one of them lacks is taken from the other."
    )
    var merge = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            try settings.finishRename(context)
            if from == .dynamodb {
                let step = TableStep(context: context, settings: settings)
                return try await merge ? step.merge() : step.pull()
            }
            let step = PullStep(context: context, settings: settings)
            return try await merge ? step.merge() : step.run()
        }
    }
}
