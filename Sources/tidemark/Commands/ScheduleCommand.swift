import ArgumentParser
import Files
import Glibc
import Text

/// `tidemark schedule`: what to write into a crontab, or to give to systemd.
struct ScheduleCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Print the crontab line, and the systemd timer, that suit the configuration.",
        discussion: """
            Live windows begin at midnight UTC and every window.every after it, and whole ones can be \
            read as soon as they are over: the times follow from that, in the machine's time zone for \
            cron (another: TZ=Europe/Berlin tidemark schedule) and in UTC for systemd. Changes nothing.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Print the crontab line alone.")
    var cron = false

    @Flag(help: "Print the units of systemd alone.")
    var systemd = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        if settings.isDemonstration {
            context.console.warn(
                "\(settings.file ?? SettingsLoader.standardFile) names no sources: what is printed would run the "
                    + "demonstration; run this where your configuration is, or name that with --config"
            )
        }
        let text = ScheduleText(
            times: RunTimes(settings),
            command: ScheduledCommand(
                program: try FilePlace.resolved("/proc/self/exe") ?? "tidemark",
                file: settings.file, flags: context.flagWords),
            zone: MachineZone(context.environment, from: context.now), user: Self.user,
            variables: context.environment.keys.filter(Self.isWanted).sorted())
        let (wantsCron, wantsUnits) = (cron || !systemd, systemd || !cron)
        let line = wantsCron ? text.cron : nil
        if wantsCron && line == nil {
            context.console.warn(
                "a path with a line's end, or with \\%, cannot be written in a crontab: use the timer, or another path"
            )
        }
        let parts = [line, wantsUnits ? text.systemd : nil].compactMap(\.self)
        try context.console.output(Array(parts.joined(separator: "\n").utf8))
        return parts.isEmpty ? .configuration : .done
    }

    /// What a run goes by, and a scheduler does not pass on.
    private static func isWanted(_ name: String) -> Bool {
        ["TIDEMARK_", "AWS_", "GIT_SSH"].contains { name.hasPrefix($0) }
            || ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"]
                .contains(name)
            || ["http_proxy", "SSL_CERT_FILE"].contains(name)
    }

    /// Nil for root, and where nobody knows.
    private static var user: String? {
        guard getuid() != 0, let entry = getpwuid(getuid()) else { return nil }
        return String(cString: entry.pointee.pw_name)
    }
}
