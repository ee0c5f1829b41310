import Archive
import ArgumentParser
import CLinux
import Glibc
import Logging

/// One call of `tidemark`, from its arguments to its exit code.
struct Invocation {
    /// Without the program's name.
    let arguments: [String]
    let environment: [String: String]

    /// Runs the subcommand; says on stderr, in one message, what went wrong.
    func run() async -> ExitCode {
        // The environment has secrets in it.
        forbid_core_dumps()
        // A reader that goes away is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // Nor is a file that reaches a limit.
        signal(SIGXFSZ, SIG_IGN)
        var console = Console(environment: environment)
        do {
            let flags = try SettingsFlags(arguments)
            guard let command = try parse(flags.remaining, console) else { return .done }
            let record = RunRecord()
            console = Console(
                verbosity: command.options.verbosity, form: command.options.log,
                environment: environment, record: record)
            let console = console
            let context = RunContext(
                options: command.options, flags: flags.settings, flagWords: flags.words,
                environment: environment, console: console, record: record,
                logger: Logger(label: "tidemark") { _ in ConsoleLogHandler(console: console) })
            defer { console.progress(nil) }
            return try await Termination.cancelling { try await command.run(context) }
        } catch let error as Terminated {
            console.fail("\(error)")
            Termination.end(by: error.signal)
        } catch ConsoleError.closed {
            return .done
        } catch {
            console.fail((error as? ArchiveError)?.sentence ?? "\(error)")
            return (error as? any ExitCoded)?.exitCode ?? .failed
        }
    }

    /// Nil if the line asked for help or the version, which is then on stdout.
    private func parse(
        _ arguments: [String], _ console: Console
    ) throws -> (any Subcommand)? {
        do {
            var command = try Tidemark.parseAsRoot(arguments)
            if let command = command as? any Subcommand { return command }
            // The root and `help` end by throwing what they have to show.
            try command.run()
        } catch {
            guard Tidemark.exitCode(for: error) == .success else {
                throw UsageError(sentence: Tidemark.message(for: error))
            }
            try console.output(Array((Tidemark.fullMessage(for: error) + "\n").utf8))
        }
        return nil
    }
}
