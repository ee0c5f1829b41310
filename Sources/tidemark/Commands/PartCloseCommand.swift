import Archive
import ArgumentParser
import Files
import Folding
import Snapshot
import Tally
import Text

/// `tidemark part close`: the parts of a slot into the archive.
struct PartCloseCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Archive a period from its parts, then delete them.",
        discussion: """
            Appends what one snapshot of all the recordings would have appended. The configuration must count by the \
            same rules as the parts did; what tidemark part tags has made of the parts is not counted again. A period \
            is archived once: parts that arrive later, or that a killed run left behind, are deleted without being \
            counted. Close periods oldest first, while the folders of later ones lie beside theirs: these tell how much of a \
            period was recorded. Ends with 2 if a part that was expected is missing.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(
        help: ArgumentHelp(
            "Name of a part that has to be there; may be repeated. Without it the window is partial, and says so.",
            valueName: "name"))
    var expect: [String] = []

    @Flag(help: "Leave the parts where they are: they hold salted hashes of people.")
    var keep = false

    @Flag(help: "Put the window in the place of the slot's row, if it has one.")
    var replace = false

    @Flag(help: "Replace it also where the new window has less: coverage, or posts.")
    var force = false

    @Argument(
        help: ArgumentHelp(
            "Parts of one period and what was made of them, or their folder.", valueName: "part"))
    var parts: [String]

    func validate() throws {
        if force && !replace { throw ValidationError("--force needs --replace") }
    }

    /// Whether the folders are gone whose periods are archived: the step is repeated.
    private func areClosed(_ archive: String) throws -> Bool {
        guard try parts.allSatisfy({ try FilePlace.kind(of: $0) == nil }) else { return false }
        let closed = try Set(
            ArchiveReader(folder: archive).windows().map { PartMap.name(startingAt: $0.slot) })
        return parts.allSatisfy { closed.contains(String($0.split(separator: "/").last ?? "")) }
    }

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            guard try !areClosed(settings.archive) else {
                context.console.say(
                    "It is archived, its parts are deleted, and there is nothing to close.")
                return .done
            }
            let files = try SlotFiles(parts)
            guard let some = files.parts.first else {
                context.console.say("There is no part, and nothing to close.")
                return .done
            }
            var run = try settings.snapshotRun(of: [])
            let header = try PartFile(some).header
            let set = try PartSet(
                files.parts, rules: run.rules(of: header.source), tables: UnicodeTables.version,
                counted: files.tags)
            guard var source = PartSource(set, expecting: expect) else { return .done }
            let span = try RecordedSpan(around: source.slot, of: source.name, beside: some)
            source.span = span.times
            run.sources = [source]
            let report = try await run.run(
                now: context.now,
                SnapshotRun.Choice(slot: source.slot, replaces: replace, isForced: force))
            if let failure = report.failures.first { throw failure.error }
            if !keep {
                try span.keep()
                try files.delete()
            }
            guard source.hasPosts else {
                context.console.warn(
                    "\(source.name) \(source.slot.start): its parts hold no post, and nothing is archived."
                )
                return .done
            }
            guard let row = report.archived.first else {
                context.console.warn(
                    "\(source.name) \(source.slot.start) is archived already, and stays as it is: the parts are "
                        + (keep ? "not counted." : "deleted, uncounted."))
                return .done
            }
            let sentence =
                "\(row.source) \(row.slot): \(row.status.rawValue), \(row.amounts), of "
                + quantity(set.parts.count, "part")
            if let note = row.note, !note.isEmpty, source.missing.isEmpty {
                context.console.warn(ended(note))
            }
            guard !source.missing.isEmpty else {
                context.console.note("\(sentence).")
                return .done
            }
            context.console.warn(
                "\(sentence), without \(source.missing.joined(separator: ", ")).")
            return .partly
        }
    }
}
