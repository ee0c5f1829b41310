import ArgumentParser
import Sync

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

    @Flag(help: "Print the plan and what became of it as JSON.")
    var json = false

    @Flag(help: "Compare with a listing of the bucket too, and repair what was changed there.")
    var verifyRemote = false

    @Flag(help: "Also delete what is under the prefix and was put there by someone else.")
    var prune = false

    @Flag(help: "Upload every file, changed or not.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Refuse more deletes than this, all of them (publish.maxDeletes).", valueName: "count"))
    var maxDeletes: Int?

    @Option(
        help: ArgumentHelp(
            "Upload these files alone, and delete nothing: a path, a folder, or a pattern with *, ** "
                + "and ?. Can be repeated.",
            valueName: "pattern"))
    var only: [PathPattern] = []

    func validate() throws {
        if let maxDeletes, maxDeletes < 0 {
            throw ValidationError("--max-deletes is a number from 0 up")
        }
        if prune && !only.isEmpty {
            throw ValidationError("--prune deletes and --only does not: use one of them")
        }
    }

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let choice = SyncChoice(
            maxDeletes: maxDeletes ?? settings.publish.maxDeletes, verifiesRemote: verifyRemote,
            prunes: prune, isForced: force, only: only)
        return try await RunLock.holding(RunLock.output(settings.output), since: context.now) {
            try await SyncStep(
                context: context, settings: settings, choice: choice, isDryRun: dryRun,
                isJSON: json
            ).run()
        }
    }
}

extension PathPattern: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
