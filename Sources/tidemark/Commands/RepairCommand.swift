import Archive
import ArgumentParser
import Calendar
import Snapshot
import Text

/// `tidemark repair`: takes back windows that a wrong clock wrote.
struct RepairCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Show what a wrong clock wrote into the archive, or take it back.",
        discussion: """
            That is: windows of periods that have not begun and, with --since, those that are missing from then on, so that \
            later runs can still read what the servers have. Nothing changes without --apply. The time has to be certain: a \
            server is asked, or you say it with --now. What was taken back is written down in changes.csv, and the next \
            publish takes it off the site.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Take them back.")
    var apply = false

    @Option(
        help: ArgumentHelp(
            "Also the windows that are missing of slots from this one on, such as 2026-11-22T18:00:00Z.",
            valueName: "time"))
    var since: Timestamp?

    @Option(help: ArgumentHelp("Of this source alone.", valueName: "name"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Refuse to take back more windows than this, all of them.", valueName: "count"))
    var maxWindows = 256

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        return try await RunLock.holding(RunLock.archive(settings.archive), since: context.now) {
            let now = try await time(settings, context)
            let repair = try ArchiveRepair(
                of: settings.archive, on: settings.schedule(), now: now, since: since,
                source: source)
            guard !repair.windows.isEmpty else {
                context.console.say(
                    "\(settings.archive): nothing to take back: no window is of a slot after \(now)"
                        + (since.map { ", and none from \($0) on is missing." } ?? "."))
                return .done
            }
            try context.console.output(Array(Self.plan(repair).utf8))
            guard repair.windows.count <= maxWindows else {
                throw RepairError.tooMany(repair.windows.count, limit: maxWindows)
            }
            guard apply else {
                context.console.say("Nothing is changed without --apply.")
                return .done
            }
            try repair.apply(at: now)
            context.console.say(
                "\(quantity(repair.windows.count, "window")) taken back, as \(ArchiveLayout.changes) says; the next publish "
                    + "reads what can still be read, and takes them from the site. Should it refuse to delete so many "
                    + "pages, tidemark sync --max-deletes says how many may go.")
            return .done
        }
    }

    /// What is taken back is decided by the time, so that it must not hang on the clock that may be wrong.
    private func time(_ settings: Settings, _ context: RunContext) async throws -> Timestamp {
        let step = ClockStep(context: context)
        let clock = try step.begin()
        if clock.agreed == nil { await step.ask(settings, for: clock) }
        if let others = clock.contradiction {
            throw ClockRefusal.disagreeing(machine: context.now, others: others)
        }
        guard let now = clock.agreed else { throw RepairError.noClock(context.now) }
        return now
    }

    /// A line for each stretch of windows of one source and status, which may be hundreds of windows.
    private static func plan(_ repair: ArchiveRepair) -> String {
        var lines: [String] = []
        for source in Set(repair.windows.map(\.source)).sorted() {
            for status in WindowStatus.allCases {
                let rows = repair.windows.filter { $0.source == source && $0.status == status }
                guard let first = rows.first, let last = rows.last else { continue }
                let posts = rows.reduce(0) { $0 + $1.posts }
                lines.append(
                    terminalSafe(
                        "take back  \(source)  \(rows.count) \(status.rawValue)  from \(first.slot) to "
                            + "\(last.slot)  \(quantity(posts, "post"))", limit: .max))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Why nothing is repaired.
enum RepairError: ExitCoded, CustomStringConvertible {
    case tooMany(Int, limit: Int)
    case noClock(Timestamp)

    var exitCode: ExitCode { .refused }

    var description: String {
        switch self {
        case .tooMany(let count, let limit):
            "refused: \(quantity(count, "window")) would be taken back, and --max-windows allows \(limit); if all of the above are "
                + "to go, give --max-windows \(count)"
        case .noClock(let now):
            "refused: this machine's clock alone says what time it is, and it may be what was wrong; with a bucket or "
                + "site.url that can be reached its server is asked, and --now \(now) says that it is right"
        }
    }
}
