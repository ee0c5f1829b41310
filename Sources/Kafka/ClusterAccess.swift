import Text

/// The brokers of a cluster, and how they let us in.
public struct ClusterAccess: Hashable, Sendable {
    /// `host:port`, any of the cluster's; at least one.
    public var brokers: [String]
    /// Of librdkafka, by name, as the operator wrote them.
    public var properties: [String: String]
    /// Of SASL, and of the file that `ssl.key.location` names.
    public var password: Secret?
    public var keyPassword: Secret?
    /// A PEM file of authorities to trust in the place of the system's.
    public var certificates: String?

    public init(
        brokers: [String], properties: [String: String] = [:], password: Secret? = nil,
        keyPassword: Secret? = nil, certificates: String? = nil
    ) {
        self.brokers = brokers
        self.properties = properties
        self.password = password
        self.keyPassword = keyPassword
        self.certificates = certificates
    }

    /// The brokers, for people.
    public var shown: String { brokers.joined(separator: ", ") }

    /// By TLS; librdkafka takes the name in any case.
    var isEncrypted: Bool {
        (properties["security.protocol"] ?? "").lowercased().hasSuffix("ssl")
    }

    /// Why a property may not be given; nil if it may.
    ///
    /// Refused is what would make a slot lose or repeat messages, what would let memory grow, what is a
    /// secret, and what runs programs or loads libraries.
    public static func refusal(of property: String) -> String? {
        switch property {
        case "sasl.password", "ssl.key.password", "ssl.key.pem", "ssl.keystore.password",
            "sasl.oauthbearer.client.secret", "sasl.oauthbearer.config", "ssl_key",
            "ssl.certificate.pem":
            "is a secret, and comes from the environment: password, keyPassword, or a file"
        case "bootstrap.servers", "metadata.broker.list": "is said by brokers"
        case "isolation.level", "auto.offset.reset", "enable.partition.eof", "offset.store.method",
            "enable.auto.commit", "auto.commit.enable", "enable.auto.offset.store", "group.id",
            "group.instance.id", "acks", "request.required.acks", "enable.idempotence",
            "enable.gapless.guarantee", "transactional.id", "partitioner", "message.timeout.ms",
            "delivery.timeout.ms", "retries", "message.send.max.retries",
            "allow.auto.create.topics",
            "test.mock.num.brokers", "test.mock.broker.rtt", "client.rack.mode":
            "is Tidemark's to say, so that nothing is lost or read twice"
        case "queued.min.messages", "queued.max.messages.kbytes", "fetch.message.max.bytes",
            "max.partition.fetch.bytes", "fetch.max.bytes", "receive.message.max.bytes",
            "queue.buffering.max.messages", "queue.buffering.max.kbytes", "batch.size",
            "message.copy.max.bytes":
            "is Tidemark's to say, so that memory stays bounded"
        case "plugin.library.paths", "sasl.kerberos.kinit.cmd", "ssl.engine.location",
            "ssl.providers", "enabled_events", "opaque", "log_level", "log.queue", "debug",
            "statistics.interval.ms", "interceptors", "default_topic_conf",
            "enable.sasl.oauthbearer.unsecure.jwt":
            "is not taken"
        case let name where name.hasSuffix("_cb"): "is not taken"
        default: nil
        }
    }
}

/// What a broker that asks for OAUTHBEARER is shown.
public struct BearerToken: Hashable, Sendable {
    public var text: Secret
    public var principal: String
    /// Milliseconds since 1970.
    public var end: Int64

    public init(text: Secret, principal: String, end: Int64) {
        (self.text, self.principal, self.end) = (text, principal, end)
    }
}
