import ArgumentParser
import Folding
import Tally
import Tasks

/// `tidemark part posts`: of a share of a slot's posts, who wrote which hashtag.
struct PartPostsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "posts",
        abstract: "Work out which posts of a period count, a share at a time.",
        discussion: """
            For periods that one machine takes too long to add up: several take the shares, such as 1/16 to 16/16, side by \
            side. Each reads all parts of the period, and of them only its share, and writes FOLDER/3-of-16.uses for the \
            third of sixteen: salted hashes of people, and the hashtags that they wrote. A step that is repeated writes \
            the same again. Once all shares are there, tidemark part tags counts what they hold. Prints the path of the file.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Which share, such as 3/16.", valueName: "n/count"))
    var share = PartShare.whole

    @Option(help: ArgumentHelp("Folder for the file.", valueName: "folder"))
    var output: String

    @Flag(
        help:
            "Count posts that were deleted later, as the period is closed with filters.deleted: true."
    )
    var keepDeleted = false

    @Argument(help: ArgumentHelp("All parts of one period, or their folder.", valueName: "part"))
    var parts: [String]

    func run(_ run: RunContext) async throws -> ExitCode {
        let paths = try SlotFiles(parts).parts
        guard !paths.isEmpty else {
            throw UsageError(sentence: "There is no part in \(parts.joined(separator: " ")).")
        }
        let set = try PartSet(
            paths, rules: nil, keepsDeleted: keepDeleted, tables: UnicodeTables.version)
        let path = try set.writeUses(of: share, in: output, workers: Parallel.coreCount)
        try run.console.output(Array("\(path)\n".utf8))
        return .done
    }
}

extension PartShare: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    public var defaultValueDescription: String { description }
}
