import Archive
import Glibc
import Logging

/// What a subcommand works with besides its own options: nothing is taken from globals.
struct RunContext: Sendable {
    let options: GlobalOptions
    /// The settings of the command line.
    let flags: [Setting]
    let environment: [String: String]
    let console: Console
    let logger: Logger

    /// The time this run is for: `--now`, or the clock.
    var now: Timestamp {
        options.now ?? Timestamp(secondsSinceEpoch: Int64(time(nil)))
    }

    /// The settings of this run, read anew.
    func settings() throws(SettingsError) -> Settings {
        try SettingsLoader(file: options.config, flags: flags, environment: environment).load()
    }
}
