import ArgumentParser
import Calendar

/// The options of every subcommand.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "The time to take for now, such as 2026-11-22T18:00:00Z; for rehearsals and tests.",
            valueName: "time"))
    var now: Timestamp?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say everything, from cron too.")
    var verbose = false

    @Option(
        help: ArgumentHelp(
            "How messages are written: text, or json, an object with time, level and message a line.",
            valueName: "form"))
    var log = Console.Form.text

    /// Never filled: `SettingsFlags` takes settings out of the line before it is parsed. It is
    /// here so that the help of every subcommand says that they may be given.
    @Option(
        name: .customLong("section.key"),
        help: ArgumentHelp(
            "Any key of the configuration, such as --window.top 5 or --archive /srv/archive.",
            valueName: "value"))
    var setting: String?

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    }

    var verbosity: Console.Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }
}

extension Timestamp: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Console.Form: ExpressibleByArgument {}
