import AWS
import Archive
import Calendar
import Glibc
import Logging

/// What a subcommand works with besides its own options: nothing is taken from globals.
struct RunContext: Sendable {
    let options: GlobalOptions
    /// The settings of the command line.
    let flags: [Setting]
    /// The same as words.
    let flagWords: [String]
    let environment: [String: String]
    let console: Console
    /// What the run did and met, as the console is told of it.
    let record: RunRecord
    let logger: Logger

    /// The time this run is for: `--now`, or the clock.
    var now: Timestamp {
        options.now ?? .now()
    }

    /// Authorities to trust in the place of the system's: `SSL_CERT_FILE`, as OpenSSL and curl have it.
    var certificates: String? {
        environment["SSL_CERT_FILE"].flatMap {
            $0.isEmpty
                ? nil : HomeFolder.expanding($0, home: HomeFolder.path(in: environment))
        }
    }

    /// The settings of this run, read anew.
    func settings() throws(SettingsError) -> Settings {
        try loader.load()
    }

    /// Who is told of this run where its settings cannot be read; nil if nobody can say.
    func audience() -> Audience? { loader.audience() }

    private var loader: SettingsLoader {
        SettingsLoader(file: options.config, flags: flags, environment: environment)
    }
}
