import ArgumentParser

/// `tidemark snapshot`: reads the due slots and archives them.
struct SnapshotCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Read the due slots of every source and append them to the archive.",
        discussion: """
            Live sources fill the running slot for window.length; recordings are cut into slots by \
            their posts' own times. Slots that are archived already are left alone.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var slots: SlotOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        try settings.requireSources()
        return try await RunLock.holdingSoon(
            RunLock.archive(settings.archive), in: context, span: settings.window.longestRun
        ) {
            try settings.finishRename(context)
            try await TableStep(context: context, settings: settings).pullIfEmpty()
            try await PullStep(context: context, settings: settings).runBeforeSnapshot()
            let code = try await SnapshotStep(context: context, settings: settings)
                .run(slots.choice(of: settings.schedule()))
            return try await TableStep(context: context, settings: settings).push(after: code)
        }
    }
}
