import ArgumentParser

/// The root command: what `tidemark --help` shows.
struct Tidemark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tidemark",
        abstract: "Publishes what people are talking about.",
        discussion: """
            Exit codes: 0 done or nothing to do, 1 failed, 2 partly done, 3 refused by a safety \
            rule, 64 usage, 75 another run holds the lock, 78 configuration.
            """,
        version: "0.1.0",
        subcommands: [ServeCommand.self, InitCommand.self])

    func run() throws { throw CleanExit.helpRequest(self) }
}
