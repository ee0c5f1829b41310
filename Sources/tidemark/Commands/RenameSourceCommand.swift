import Archive
import ArgumentParser
import Text

/// `tidemark rename-source`: gives the history of a source another name.
struct RenameSourceCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rename-source",
        abstract: "Show what giving a source's history a new name would change, or do it.",
        discussion: """
            First rename the source in tidemark.yaml, then run this. Its windows, lists and withheld data, and what a paid \
            source has spent, go on under the new name; the next publish brings the site in step. Nothing changes without \
            --apply. If it is killed half-way, the next run finishes it.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Rename it.")
    var apply = false

    @Argument(help: "The name in the archive.")
    var old: String

    @Argument(help: "The name in tidemark.yaml.")
    var new: String

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            try settings.finishRename(context)
            let rename = try ArchiveRename(of: settings.archive, from: old, to: new)
            guard let first = rename.windows.first, let last = rename.windows.last else {
                throw RenameError.unknown(
                    old, known: try ArchiveReader(folder: settings.archive).windows().map(\.source))
            }
            guard !rename.isTaken, old != new else { throw RenameError.taken(old, new) }
            guard settings.sources.contains(where: { $0.name == new }) else {
                throw RenameError.notConfigured(new)
            }
            try context.console.output(
                Array(
                    "rename  \(old) to \(new)  \(quantity(rename.windows.count, "window"))  from \(first.slot) to \(last.slot)\n"
                        .utf8))
            guard apply else {
                context.console.say("Nothing is changed without --apply.")
                return .done
            }
            try rename.apply(at: context.now)
            context.console.say(
                "\(quantity(rename.windows.count, "window")) \(rename.windows.count == 1 ? "is" : "are") of \(new) now, as \(ArchiveLayout.changes) says; the next publish "
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
    case unknown(String, known: [String])
    case taken(String, String)
    case notConfigured(String)

    var exitCode: ExitCode { .usage }

    var description: String {
        switch self {
        case .unknown(let name, let known):
            "the archive has no windows of \(quoted(name)); it has those of "
                + (known.isEmpty ? "no source" : Set(known).sorted().joined(separator: ", "))
        case .taken(let old, let new):
            old == new
                ? "\(old) has that name already"
                : "the archive has windows of \(old) and of \(new) for the same periods, so they are two sources: "
                    + "nothing is renamed"
        case .notConfigured(let name):
            "the configuration has no source \(quoted(name)): rename it there first, so that the next run goes on with "
                + "its history"
        }
    }
}
