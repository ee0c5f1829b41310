import ArgumentParser

/// `tidemark init`: a commented configuration to start from.
struct InitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented tidemark.yaml with every key and its default.")

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Write over a file that exists.")
    var force = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let file = options.config ?? SettingsLoader.standardFile
        do {
            try NewFile.write(ConfigurationText.yaml, to: file, replacing: force)
        } catch .exists {
            throw SettingsError.exists(file: file)
        } catch .unwritable(let reason) {
            throw SettingsError.unwritable(file: file, reason: reason)
        }
        context.console.note(
            "Wrote \(file). Name a source and a bucket in it, then run tidemark publish.")
        return .done
    }
}
