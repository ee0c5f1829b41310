import AWS
import Calendar
import Decode
import Kafka
import Snapshot
import Text

extension Settings {
    /// A source of kind `kafka`. Lengths of time in seconds.
    struct Kafka: Hashable, Sendable {
        let access: ClusterAccess
        /// Nil if no token of IAM is asked for.
        let iamRegion: String?
        let topic: String
        let format: PostFormat
        let grammar: Grammar?
        let lookBack: Int
        let settle: Int
        let margin: Int
        /// What counts them; nil if this machine does.
        let spark: SparkSource.Cluster?
    }
}

extension Settings.Kafka: SourceKind {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        let brokers = try keys(
            needed: "brokers", .some(.broker), "Brokers of the cluster; one that answers is enough")
        topic = try keys(needed: "topic", .text, "The topic that has the posts")
        format = try keys.format()
        grammar = try keys.grammar()
        let properties = try keys(
            "properties", .map(.text), or: "{}",
            "Of librdkafka, such as security.protocol, sasl.mechanism, sasl.username or ssl.ca.location"
        )
        for name in properties.keys.sorted() {
            let refusal = ClusterAccess.refusal(of: name)
            try keys.require(
                refusal == nil, "properties", "the property \(terminalSafe(name)) \(refusal ?? "")")
        }
        access = ClusterAccess(
            brokers: brokers, properties: properties,
            password: try keys(
                secret: "password",
                "Password of sasl.username; from the environment alone, or a file named by the variable with "
                    + "_FILE behind it"),
            keyPassword: try keys(
                secret: "keyPassword",
                "Password of the key that ssl.key.location names; from the environment alone, or a file"
            ))
        iamRegion = try keys(
            "iamRegion", .text,
            "Region of a cluster of MSK, to sign in there with IAM, by the credentials that the tools of AWS find"
        )
        lookBack = try keys.lookBack()
        settle = try keys.settle()
        margin = try keys.margin()
        spark = try keys.spark(ofTopic: true)
    }

    var origin: String { "from the topic \(topic)" }

    func reading(in mode: Settings.Window.Mode) -> SourceReading {
        mode == .live ? .live : .slots(settle: spark?.settle ?? settle)
    }

    func postSource(named name: String, for run: SourceRun) throws -> any PostSource {
        if let spark, !run.isLive {
            return spark.source(
                named: name,
                .topic(topic(for: run), lookBack: lookBack, iamRegion: iamRegion), for: run)
        }
        return KafkaSource(
            name: name, topic: topic(for: run),
            options: .init(
                lookBack: lookBack, settle: settle, margin: margin, isLive: run.isLive))
    }

    /// The topic, and what it takes to read or write it.
    func topic(for run: SourceRun) -> KafkaTopic {
        var access = access
        access.certificates = run.certificates
        return KafkaTopic(
            name: topic, access: access, format: format, grammar: grammar,
            token: iamRegion.map { Self.token(of: $0, run.environment) })
    }

    /// What makes tokens of IAM.
    static func token(
        of region: String, _ environment: [String: String]
    ) -> @Sendable () async throws -> BearerToken {
        let credentials = CachedCredentials(
            CredentialChain(
                environment: environment, home: HomeFolder.path(in: environment), region: region))
        return {
            // The chain throws where it finds none.
            guard let pair = try await credentials.credentials() else {
                throw AWSError.noCredentials(places: [credentials.name])
            }
            let token = ClusterToken(credentials: pair, region: region, at: .now())
            return BearerToken(
                text: token.text, principal: "tidemark", end: token.end.microseconds / 1000)
        }
    }
}

extension SettingForm where Value == String {
    /// `host:port`, as librdkafka takes it.
    fileprivate static var broker: SettingForm {
        let endpoint = SettingForm<(host: String, port: UInt16)>.endpoint
        return SettingForm(endpoint.words, sample: "localhost:9092") { text, place in
            guard (try? endpoint.read(.text(text), place)) != nil, !text.contains(",") else {
                return nil
            }
            return text
        }
    }
}
