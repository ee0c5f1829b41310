import ArgumentParser
import Tally
import Tasks

/// `tidemark part tags`: how often, and by how many, a share of a slot's hashtags was used.
struct PartTagsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "tags",
        abstract: "Count the hashtags and the people of a period, a share at a time.",
        discussion: """
            Reads what tidemark part posts made of all shares of the posts, and of it only the share of hashtags \
            asked for. Writes FOLDER/3-of-16.tags for the third share of sixteen, which holds no people any more; there need \
            not be as many shares as of posts. A step that is repeated writes the same again. Once all shares lie in the \
            folder of the parts, tidemark part close archives what they hold. Prints the path of the file.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Which share, such as 3/16.", valueName: "n/count"))
    var share = PartShare.whole

    @Option(help: ArgumentHelp("Folder for the file.", valueName: "folder"))
    var output: String

    @Argument(
        help: ArgumentHelp("What tidemark part posts made, or its folder.", valueName: "file"))
    var uses: [String]

    func run(_ run: RunContext) async throws -> ExitCode {
        let paths = try SlotFiles(uses).uses
        guard !paths.isEmpty else {
            throw UsageError(
                sentence: "tidemark part posts made nothing in \(uses.joined(separator: " ")).")
        }
        let path = try SlotUses(paths).writeTags(
            of: share, in: output, workers: Parallel.coreCount)
        try run.console.output(Array("\(path)\n".utf8))
        return .done
    }
}
