import ArgumentParser

/// `tidemark doctor`: whether a run would succeed, and what to do about it if not.
struct DoctorCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Check configuration, libraries, clock, and the reach of each source and the bucket.",
        discussion: """
            Prints a line for each: ok, note, or wrong with what to do. Writes one small object into the \
            bucket and deletes it, changes nothing else, reads no paid posts, and ends with 1 if something \
            would fail a run.
            """)

    @OptionGroup var options: GlobalOptions

    func run(_ context: RunContext) async throws -> ExitCode {
        var isWell = true
        try await Doctor(context: context).examine { diagnosis in
            if diagnosis.verdict == .wrong { isWell = false }
            try context.console.output(Array((diagnosis.line + "\n").utf8))
        }
        return isWell ? .done : .failed
    }
}
