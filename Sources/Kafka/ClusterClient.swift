import CKafka
import Text

/// A client of librdkafka. Owns it with its threads; one thread at a time.
struct ClusterClient: ~Copyable {
    enum Role {
        case reads
        case writes
    }

    let handle: OpaquePointer
    let state: ClientState
    private let retained: Unmanaged<ClientState>

    /// - Parameters:
    ///   - token: shown to brokers that ask for OAUTHBEARER.
    ///   - own: properties that the operator may not set.
    ///   - standards: those that he may set otherwise.
    init(
        _ role: Role, _ access: ClusterAccess, token: TokenBox?, _ own: [(String, String)],
        standards: [(String, String)] = []
    ) throws(KafkaError) {
        let state = ClientState(brokers: access.shown, token: token)
        let configuration = rd_kafka_conf_new()
        var isOwned = true
        defer { if isOwned { rd_kafka_conf_destroy(configuration) } }
        func set(_ name: String, _ value: String) throws(KafkaError) {
            var reason = [CChar](repeating: 0, count: 512)
            guard
                rd_kafka_conf_set(configuration, name, value, &reason, reason.count)
                    == RD_KAFKA_CONF_OK
            else {
                throw .property(
                    name: name, reason: reason.withUnsafeBufferPointer(ClientState.text))
            }
        }
        if token != nil {
            try set("security.protocol", "sasl_ssl")
            try set("sasl.mechanism", "OAUTHBEARER")
        }
        try set("client.id", "tidemark")
        try set("socket.keepalive.enable", "true")
        try set("reconnect.backoff.max.ms", "2000")
        for (name, value) in standards { try set(name, value) }
        if let file = access.certificates { try set("ssl.ca.location", file) }
        for (name, value) in access.properties.sorted(by: { $0.key < $1.key }) {
            try set(name, value)
        }
        for (name, value) in own { try set(name, value) }
        if let password = access.password { try set("sasl.password", password.revealed) }
        if let password = access.keyPassword { try set("ssl.key.password", password.revealed) }
        try set("bootstrap.servers", access.brokers.joined(separator: ","))
        let retained = Unmanaged.passRetained(state)
        rd_kafka_conf_set_opaque(configuration, retained.toOpaque())
        rd_kafka_conf_set_log_cb(configuration, { _, _, _, _ in })
        rd_kafka_conf_set_error_cb(configuration) { _, code, reason, opaque in
            guard let opaque, let reason else { return }
            Unmanaged<ClientState>.fromOpaque(opaque).takeUnretainedValue()
                .take(rd_kafka_resp_err_t(code), String(cString: reason))
        }
        if token != nil {
            rd_kafka_conf_set_oauthbearer_token_refresh_cb(configuration) { client, _, opaque in
                guard let client, let opaque,
                    let token = Unmanaged<ClientState>.fromOpaque(opaque).takeUnretainedValue()
                        .token?.current
                else { return }
                var reason = [CChar](repeating: 0, count: 512)
                let code = rd_kafka_oauthbearer_set_token(
                    client, token.text.revealed, token.end, token.principal, nil, 0, &reason,
                    reason.count)
                if code != RD_KAFKA_RESP_ERR_NO_ERROR {
                    rd_kafka_oauthbearer_set_token_failure(client, reason)
                }
            }
        }
        if role == .reads, token == nil, !access.isEncrypted {
            FetchGate.stand(before: configuration)
        }
        if role == .writes {
            rd_kafka_conf_set_dr_msg_cb(configuration) { _, message, opaque in
                guard let message, let opaque else { return }
                Unmanaged<ClientState>.fromOpaque(opaque).takeUnretainedValue().reports
                    .take(message.pointee)
            }
        }
        var reason = [CChar](repeating: 0, count: 512)
        let kind = role == .reads ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
        guard let handle = rd_kafka_new(kind, configuration, &reason, reason.count) else {
            retained.release()
            throw .property(
                name: "as given", reason: reason.withUnsafeBufferPointer(ClientState.text))
        }
        isOwned = false
        (self.handle, self.state, self.retained) = (handle, state, retained)
    }

    deinit {
        rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
        retained.release()
    }

    /// To be destroyed before the client is.
    func topic(_ name: String) throws(KafkaError) -> OpaquePointer {
        guard let topic = rd_kafka_topic_new(handle, name, nil) else {
            throw .refused(topic: name, reason: words(of: rd_kafka_last_error()))
        }
        return topic
    }

    /// Serves callbacks, for so long at most.
    func poll(within milliseconds: Int32 = 0) { rd_kafka_poll(handle, milliseconds) }

    /// The partitions of the topic, asked for until `deadline`.
    func partitions(
        of topic: OpaquePointer, until deadline: ContinuousClock.Instant,
        _ isStopped: () -> Bool
    ) throws(KafkaError) -> [Int32] {
        let name = String(cString: rd_kafka_topic_name(topic))
        var unknownCount = 0
        repeat {
            poll(within: 20)
            if isStopped() { throw .cancelled }
            var found: UnsafePointer<rd_kafka_metadata>?
            let code = rd_kafka_metadata(handle, 0, topic, &found, 1000)
            poll()
            if code == RD_KAFKA_RESP_ERR_NO_ERROR, let found {
                defer { rd_kafka_metadata_destroy(found) }
                guard found.pointee.topic_cnt == 1 else { continue }
                let topic = found.pointee.topics[0]
                switch topic.err {
                case RD_KAFKA_RESP_ERR_NO_ERROR where topic.partition_cnt > 0:
                    state.connected()
                    return (0..<Int(topic.partition_cnt)).map { topic.partitions[$0].id }.sorted()
                case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
                    // One that was made a moment ago is not known everywhere at once.
                    unknownCount += 1
                    if unknownCount == 3 { throw .noTopic(topic: name) }
                case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION: throw .noTopic(topic: name)
                case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED: throw .forbidden(topic: name)
                default: break
                }
            } else if let error = state.finalError {
                throw error
            }
        } while .now < deadline
        throw .unreachable(brokers: state.brokers, reason: state.lastReason)
    }
}

extension ClientState {
    static func text(_ characters: UnsafeBufferPointer<CChar>) -> String {
        terminalSafe(
            String(
                decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        )
    }
}

/// What a code of librdkafka means, in its words.
func words(of code: rd_kafka_resp_err_t) -> String { String(cString: rd_kafka_err2str(code)) }
