import ArgumentParser
import Files
import Glibc

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
        let bytes = Array(ConfigurationText.yaml.utf8)
        do throws(FileError) {
            if force {
                try WholeFile.write(bytes, to: file)
            } else {
                try WholeFile.create(bytes, at: file)
            }
        } catch  where error.cause == .system(EEXIST) {
            throw SettingsError.exists(file: file)
        } catch {
            throw SettingsError.unwritable(error)
        }
        context.console.note(
            "Wrote \(file). Name a source and a bucket in it, then run tidemark publish.")
        return .done
    }
}
