import AWS
import ArgumentParser

/// `tidemark policy`: the least rights that what the configuration reads from needs.
struct PolicyCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Print the least IAM policy that reading the streams of the sources needs.",
        discussion: """
            Asks no server. That of the bucket is printed by tidemark bucket --policy, that of the table by tidemark \
            table --policy.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Of a program that writes into the streams, as tidemark relay does.")
    var write = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        var policies: [String] = []
        for source in settings.sources {
            guard let kinesis = source.kind as? Settings.Kinesis else { continue }
            let policy = StreamPolicy(
                stream: kinesis.stream,
                at: try kinesis.access(named: source.name, context.environment))
            policies.append(write ? policy.ofWriter : policy.ofReader)
        }
        guard !policies.isEmpty else {
            context.console.say("No source is a stream of Kinesis: nothing is needed for them.")
            return .done
        }
        try context.console.output(Array((policies.joined(separator: "\n") + "\n").utf8))
        return .done
    }
}
