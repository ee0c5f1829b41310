import ArgumentParser
import Tally

/// `tidemark part`: a slot's posts in parts, made by many machines and counted as one.
struct PartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "part",
        abstract: "Count a slot in parts, on many machines.",
        discussion: """
            A part has what one recording tells of one slot, with salted hashes in the place of posts and \
            people. tidemark count adds up the parts of a slot to what a count of all recordings gives, \
            byte for byte, in whatever order they come and however the posts were split.
            """,
        subcommands: [
            PartMapCommand.self, PartPostsCommand.self, PartTagsCommand.self, PartCloseCommand.self,
        ])

    @OptionGroup var options: GlobalOptions

    func run() throws { throw CleanExit.helpRequest(self) }
}

extension TallyError: ExitCoded {
    var exitCode: ExitCode {
        if case .part(let error) = self { error.exitCode } else { .failed }
    }
}

extension PartError: ExitCoded {
    var exitCode: ExitCode { isRefusal ? .refused : .failed }
}
