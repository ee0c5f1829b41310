import Archive
import ArgumentParser
import Calendar
import Decode
import Files
import Snapshot
import Text

/// `tidemark verify`: whether the archive holds together, and its lists follow from its tails.
struct VerifyCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the archive, and recompute every published list.",
        discussion: """
            Prints a line for everything that differs, as file:line: sentence, and then a summary. \
            What a stopped run left behind is printed too, but is no difference. Changes nothing.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(
        help: ArgumentHelp("The first day to check, such as 2026-11-22.", valueName: "date"))
    var since: CivilDate?

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        guard try FilePlace.kind(of: settings.archive) != nil else {
            context.console.note("\(settings.archive): there is no archive yet.")
            return .done
        }
        do {
            return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now)
            {
                try verify(settings, context)
            }
        } catch RunLockError.unusable {
            // Nobody writes a folder that cannot be locked, such as a copy on read-only media.
            return try verify(settings, context)
        }
    }

    private func verify(_ settings: Settings, _ context: RunContext) throws -> ExitCode {
        let (folder, console) = (settings.archive, context.console)
        var (differences, remarks) = (0, 0)
        var failure: ConsoleError?
        console.progress("Checking \(folder)…")
        let extent = ArchiveVerification(
            folder: folder, now: context.now, since: since, lookBacks: settings.lookBacks
        ).run { finding in
            if finding.check.isHarmless { remarks += 1 } else { differences += 1 }
            do throws(ConsoleError) {
                if failure == nil {
                    try console.output(
                        Array((terminalSafe(finding.sentence, limit: .max) + "\n").utf8))
                }
            } catch {
                failure = error
            }
        }
        console.progress(nil)
        if let failure { throw failure }
        let checked =
            "\(folder): \(quantity(extent.windows, "window")) of \(quantity(extent.days, "day")) and "
            + "\(quantity(extent.rows, "row")) of lists checked: \(quantity(differences, "difference")), "
            + "\(quantity(remarks, "leftover"))."
        if differences + remarks > 0 { console.say(checked) } else { console.note(checked) }
        return differences == 0 ? .done : .failed
    }
}

extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
