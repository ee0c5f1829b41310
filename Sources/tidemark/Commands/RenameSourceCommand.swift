import Archive
import ArgumentParser

/// `tidemark rename-source`: gives the history of a source another name.
struct RenameSourceCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rename-source",
        abstract: "Show, or do, what gives the history of a source another name.",
        discussion: """
            Windows, lists, what is withheld, and what a paid source has spent go on under the new name. Changes nothing \
            without --apply. Rename the source in the configuration too; the next publish brings pages and published \
            files in step.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Do it.")
    var apply = false

    @Argument(help: "The name that the archive has.")
    var old: String

    @Argument(help: "The name that it is to have.")
    var new: String

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            try settings.finishRename(context)
            let rename = try ArchiveRename(of: settings.archive, from: old, to: new)
            guard let first = rename.windows.first, let last = rename.windows.last else {
                throw RenameError.unknown(old)
            }
            guard !rename.isTaken, old != new else { throw RenameError.taken(new) }
            guard settings.sources.contains(where: { $0.name == new }) else {
                throw RenameError.notConfigured(new)
            }
            try context.console.output(
                Array(
                    "rename  \(old) to \(new)  \(rename.windows.count) windows  from \(first.slot) to \(last.slot)\n"
                        .utf8))
            guard apply else {
                context.console.say("Nothing is changed without --apply.")
                return .done
            }
            try rename.apply(at: context.now)
            context.console.say(
                "\(rename.windows.count) windows are of \(new) now, as \(ArchiveLayout.changes) says; the next publish "
                    + "brings the site in step.")
            return .done
        }
    }
}

extension Settings {
    /// Does the rest of a `rename-source` that was killed. The caller holds the archive's lock.
    func finishRename(_ context: RunContext) throws {
        guard let rename = try ArchiveRename.unfinished(in: archive) else { return }
        try rename.apply(at: context.now)
        context.console.warn(
            "\(archive): a rename of \(rename.old) to \(rename.new) had been broken off, and is finished now."
        )
    }
}

/// Why a source keeps its name.
enum RenameError: ExitCoded, CustomStringConvertible {
    case unknown(String)
    case taken(String)
    case notConfigured(String)

    var exitCode: ExitCode { .usage }

    var description: String {
        switch self {
        case .unknown(let name): "the archive has no window of a source \(name)"
        case .taken(let name):
            "the archive has windows of both at the same times, and so \(name) is another source"
        case .notConfigured(let name):
            "no source of the configuration is called \(name): rename it there first, so that the next run goes on "
                + "with its history"
        }
    }
}
