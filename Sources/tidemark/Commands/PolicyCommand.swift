import AWS
import ArgumentParser

/// `tidemark policy`: the least rights that what the configuration reads from at Amazon needs.
struct PolicyCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract:
            "Print the least IAM policy that reading the sources needs, of kind kinesis and of MSK.",
        discussion: """
            One policy for all of them; asks no server. Attach it to the user or role whose credentials this machine \
            has: tidemark doctor then reads each of them. The stars in it stand for the account, and in MSK for the \
            cluster, which may be put in their place. An encrypted stream needs kms:Decrypt on its key besides, and \
            kms:GenerateDataKey to write. That of the bucket is printed by tidemark bucket --policy, that of the table \
            by tidemark table --policy.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "That of a machine which writes into them instead, with tidemark relay.")
    var write = false

    func run(_ context: RunContext) async throws -> ExitCode {
        let settings = try context.settings()
        var policy = SourcePolicy(ofWriter: write)
        for source in settings.sources {
            if let kinesis = source.kind as? Settings.Kinesis {
                policy.add(
                    stream: kinesis.stream,
                    at: try kinesis.access(named: source.name, context.environment))
            } else if let kafka = source.kind as? Settings.Kafka, let region = kafka.iamRegion {
                policy.add(topic: kafka.topic, region: region)
            }
        }
        guard !policy.isEmpty else {
            context.console.say(
                "No source is a stream of Kinesis, or a topic of MSK with iamRegion: they need no rights at Amazon."
            )
            return .done
        }
        try context.console.output(Array((policy.document + "\n").utf8))
        return .done
    }
}
