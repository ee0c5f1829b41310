import ArgumentParser
import Tally

/// `tidemark part`: a slot's posts in parts, made by many machines and counted as one.
struct PartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "part",
        abstract: "Count one period on many machines, with the same result as on one.",
        discussion: """
            A part holds what one recording says about one period, with salted hashes instead of posts and people. However \
            the posts were split, and in whatever order the parts arrive, tidemark count and tidemark part close get the \
            same result, byte for byte, as from all recordings at once.
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
