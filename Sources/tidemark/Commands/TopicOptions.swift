import ArgumentParser
import Decode
import Kafka
import Snapshot
import Text

/// A topic of Kafka and how it is read, for who has no configuration: an engine's workers.
struct TopicOptions: ParsableArguments {
    @Option(name: .customLong("topic"), help: "The topic that has the posts.")
    var name: String?

    @Option(
        help: ArgumentHelp("A broker of its cluster; may be repeated.", valueName: "host:port"))
    var broker: [String] = []

    @Option(
        help: ArgumentHelp(
            "A property of librdkafka, such as security.protocol=sasl_ssl; may be repeated.",
            valueName: "name=value"))
    var property: [String] = []

    @Option(help: ArgumentHelp("File with the password of sasl.username.", valueName: "file"))
    var passwordFile: String?

    @Option(
        help: ArgumentHelp(
            "File with the password of the key that ssl.key.location names.", valueName: "file"))
    var keyPasswordFile: String?

    @Option(
        help: ArgumentHelp(
            "Region of a cluster of MSK, to sign in there with IAM.", valueName: "region"))
    var iamRegion: String?

    var isGiven: Bool { name != nil }

    func validate() throws {
        guard isGiven else {
            if !broker.isEmpty { throw ValidationError("--broker belongs to a --topic") }
            return
        }
        if broker.isEmpty { throw ValidationError("--topic needs a --broker") }
        for (name, value) in pairs {
            guard value != nil else {
                throw ValidationError("--property must be name=value, not \(quoted(name))")
            }
            if let refusal = ClusterAccess.refusal(of: name) {
                throw ValidationError("the property \(terminalSafe(name)) \(refusal)")
            }
        }
    }

    private var pairs: [(String, String?)] {
        property.map { text in
            let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(halves[0]), halves.count == 2 ? String(halves[1]) : nil)
        }
    }

    /// Nil if none is given.
    func topic(
        _ format: PostFormat, _ grammar: Grammar?, for run: RunContext
    ) throws -> KafkaTopic? {
        guard let name else { return nil }
        func secret(_ file: String?, _ flag: String) throws -> Secret? {
            try file.map {
                Secret(
                    try SecretFile.text(
                        of: $0, at: .flag(flag), path: "", in: run.environment))
            }
        }
        let access = ClusterAccess(
            brokers: broker,
            properties: Dictionary(pairs.map { ($0.0, $0.1 ?? "") }) { $1 },
            password: try secret(passwordFile, "--password-file"),
            keyPassword: try secret(keyPasswordFile, "--key-password-file"),
            certificates: run.certificates)
        return KafkaTopic(
            name: name, access: access, format: format, grammar: grammar,
            token: iamRegion.map { Settings.Kafka.token(of: $0, run.environment) })
    }
}
