import ArgumentParser
import Decode
import FoundationEssentials
import Hashtags
import Snapshot

/// `tidemark tags`: the hashtags that a platform finds in a text.
struct TagsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "tags",
        abstract: "Print the hashtags that each line of standard input holds.",
        discussion: """
            Each line is a text as a JSON string; for each a line is printed, its hashtags as a JSON \
            array, as they are written, without the number sign.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: "Whose rules find hashtags.")
    var grammar: Grammar

    func run(_ context: RunContext) async throws -> ExitCode {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        var lineNumber = 0
        while let line = readLine() {
            lineNumber += 1
            guard let text = try? JSONDecoder().decode(String.self, from: Data(line.utf8)) else {
                throw LineError(lineNumber: lineNumber)
            }
            let tags = grammar.hashtags(in: text)
            try context.console.output(Array(encoder.encode(tags)) + [UInt8(ascii: "\n")])
        }
        return .done
    }

    private struct LineError: Error, CustomStringConvertible {
        let lineNumber: Int

        var description: String {
            "standard input:\(lineNumber): expected a JSON string, such as \"good #morning\""
        }
    }
}
