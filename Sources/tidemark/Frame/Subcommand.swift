import ArgumentParser

/// A subcommand of `tidemark`: parsed by ArgumentParser, run by `Invocation`.
protocol Subcommand: ParsableCommand, Sendable {
    var options: GlobalOptions { get }

    /// Does the work and says how it ended; a signal cancels it.
    ///
    /// - Throws: any error whose `description` is a sentence for the user; `ExitCoded` ones choose
    ///   the exit code.
    func run(_ context: RunContext) async throws -> ExitCode
}
