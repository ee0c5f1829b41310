import Archive
import ArgumentParser
import Calendar
import Text

/// `tidemark status`: how the last runs went.
struct StatusCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Say when the site was last published, what is due next, and what went wrong lately.",
        discussion: """
            Reads the archive and the reports of earlier runs, and changes nothing. Exit code 2 means that the last run \
            that had something to do did not end well.
            """)

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        let reader = ArchiveReader(folder: settings.archive)
        let windows = try reader.windows()
        let reports = try RunLog(archive: settings.archive).latest()
        let now = context.now
        let due = try settings.schedule().slot(containing: now)
        var lines: [String] = []
        let success = reports.first(where: \.isDone)
        lines.append(
            "last success  " + (success.map { age(of: $0.ended, at: now) } ?? "none so far"))
        lines.append("next due      \(due.end), in \(span(due.end.seconds(since: now)))")
        let width = settings.sources.map(\.name.count).max() ?? 0
        for source in settings.sources {
            lines.append(
                month(of: source.name, windows, try settings.schedule(), until: now, width: width))
        }
        if let report = reports.first(where: { $0.rendered != nil }), let all = report.rendered {
            lines.append(
                "rendered anew  \(age(of: report.ended, at: now)): all \(all.files) files, in \(all.seconds) s"
            )
        }
        let failures = reports.filter { !$0.isDone }.prefix(5)
        for report in failures {
            lines += Self.shown("\(report.ended)  \(report.outcome): \(report.messages.last ?? "")")
        }
        try context.console.output(
            Array((lines.map { terminalSafe($0, limit: .max) }.joined(separator: "\n") + "\n").utf8)
        )
        return reports.first?.isDone ?? true ? .done : .partly
    }

    /// What was read of a source in thirty days.
    private func month(
        of source: String, _ windows: [WindowRow], _ schedule: Schedule, until now: Timestamp,
        width: Int
    ) -> String {
        let past = windows.filter { $0.slot <= now }
        let own = past.filter { $0.source == source }
        let slots = own.map(\.slot)
        let month = SourceMonth(
            of: slots.min().flatMap { first in slots.max().map { first...$0 } }, isConfigured: true,
            newest: past.map(\.slot).max() ?? now, schedule
        ) { range in own.filter { range.contains($0.slot) } }
        let name = source + String(repeating: " ", count: max(0, width - source.count))
        return
            "\(name)  thirty days: \(month.count(.complete, .backfilled)) whole, \(month.count(.partial)) in part, "
            + "\(month.count(.missing)) missing"
    }

    private func age(of time: String, at now: Timestamp) -> String {
        guard let moment = Timestamp(time) else { return time }
        return moment > now
            ? "\(time), which has not come yet by this machine's clock"
            : "\(time), \(span(now.seconds(since: moment))) ago"
    }

    /// Whole minutes, hours or days.
    private func span(_ seconds: Int) -> String {
        switch max(0, seconds) {
        case ..<7_200: "\(max(0, seconds) / 60) minutes"
        case ..<172_800: "\(seconds / 3_600) hours"
        default: "\(seconds / 86_400) days"
        }
    }

    /// Lines of a message, those behind the first one set in.
    private static func shown(_ message: String) -> [String] {
        let lines = message.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0) }
        let more = lines.count - mostLines
        return lines.prefix(mostLines).enumerated().map {
            $0.offset == 0 ? $0.element : "    \($0.element)"
        }
            + (more > 0 ? ["    and \(more) more \(more == 1 ? "line" : "lines")"] : [])
    }

    private static let mostLines = 10
}
