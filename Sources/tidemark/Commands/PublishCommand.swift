import Archive
import ArgumentParser
import Output
import Sync

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
        let settings: Settings
        do {
            settings = try context.settings()
        } catch {
            // A mistake in one section is no reason not to be told as another says.
            guard error.exitCode == .configuration, let audience = context.audience() else {
                throw error
            }
            return try await RunHooks(context, audience).telling { throw error }
        }
        let hooks = RunHooks(context, settings.audience)
        return try await hooks.telling {
            try settings.requireSources()
            let code = try await publish(settings, hooks, context)
            guard let reason = context.environment[Self.failedBuild] else { return code }
            context.record.add(reason)
            return code == .done ? .partly : code
        }
    }

    /// The variable by which `Scripts/publish` says that this program runs in the place of a newer one that could not be
    /// built; it does not begin as settings do, so that older programs take no offence.
    private static let failedBuild = "FAILED_BUILD"

    private func publish(
        _ settings: Settings, _ hooks: RunHooks, _ context: RunContext
    ) async throws -> ExitCode {
        try await RunLock.holdingSoon(
            RunLock.archive(settings.archive), in: context, span: settings.window.longestRun
        ) {
            try await RunLock.holdingSoon(
                RunLock.output(settings.output), in: context, span: settings.window.longestRun
            ) {
                await hooks.begin()
                try settings.finishRename(context)
                let table = TableStep(context: context, settings: settings)
                try await table.pullIfEmpty()
                try await PullStep(context: context, settings: settings).runBeforeSnapshot()
                // A source that failed leaves a gap, and the site is published with it.
                let read = try await SnapshotStep(context: context, settings: settings)
                    .run(slots.choice(of: settings.schedule()))
                let snapshot = try await table.push(after: read)
                // Of an archive that is empty because nothing could be read, enough was said.
                if try snapshot == .failed && isEmpty(settings.archive) { return .failed }
                let site = try BuildStep(context: context, settings: settings, looksAtAll: false)
                    .run()
                guard settings.publish.hasPlace else {
                    sayWhatNext(settings, context.console)
                    return snapshot
                }
                let sync = try await sync(site.list, settings, context)
                return snapshot == .done ? sync : snapshot == .refused ? .refused : .partly
            }
        }
    }

    /// Lists that were lost here and are published come back first.
    private func sync(
        _ list: FileList, _ settings: Settings, _ context: RunContext
    ) async throws -> ExitCode {
        var step = SyncStep(context: context, settings: settings, list: list)
        do {
            return try await step.run()
        } catch SyncError.shrinks(let files) {
            let pull = PullStep(context: context, settings: settings)
            guard try await pull.complete(isThorough: true) else {
                throw SyncError.shrinks(files)
            }
            step.list = try BuildStep(context: context, settings: settings).run().list
            return try await step.run()
        }
    }

    /// No window of it was ever read.
    private func isEmpty(_ archive: String) throws -> Bool {
        try ArchiveReader(folder: archive).windows().allSatisfy { $0.status == .missing }
    }

    /// Three lines for someone who has just begun.
    private func sayWhatNext(_ settings: Settings, _ console: Console) {
        guard settings.isDemonstration else {
            return console.note(
                "No bucket is set (publish.bucket): the site stays in \(settings.output).")
        }
        console.say(
            """
            The site is in \(settings.output), made of demonstration data: look at it with make serve.
            Next, write a configuration with tidemark init, and name your source and bucket in it.
            Then let cron run make publish every six hours; credentials come from the environment.
            """)
    }
}
