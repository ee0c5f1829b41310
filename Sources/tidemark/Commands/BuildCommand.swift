import Archive
import ArgumentParser

/// `tidemark build`: makes the site of the archive.
struct BuildCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build the site from the archive.",
        discussion: """
            A build goes on from the last one: it renders what the archive's new windows change, checks \
            it, and moves it into the site. With other settings, templates or another program everything \
            is rendered. Files that did not change are left alone.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(
        help: "Render everything, and remove from the output folder what no build makes.")
    var whole = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        try settings.requireSources()
        if try ArchiveRename.unfinished(in: settings.archive) != nil {
            try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
                try settings.finishRename(context)
            }
        }
        return try await RunLock.holding(RunLock.output(settings.output), since: context.now) {
            _ = try BuildStep(context: context, settings: settings, isWhole: whole).run()
            return .done
        }
    }
}
