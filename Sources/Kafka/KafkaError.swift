import Text

/// Why a topic cannot be read or written.
public enum KafkaError: Error, Hashable, Sendable {
    /// A property that librdkafka does not know, or not with this value.
    case property(name: String, reason: String)
    /// No broker could be reached, or none says what it was asked for.
    case unreachable(brokers: String, reason: String)
    /// A broker does not let us in.
    case signIn(brokers: String, reason: String)
    /// A broker's certificate, or ours.
    case certificate(brokers: String, reason: String)
    case noTopic(topic: String)
    case forbidden(topic: String)
    /// Nothing came for so many seconds of what the brokers say is there.
    case stalled(topic: String, seconds: Int, reason: String)
    /// A transaction has neither been committed nor aborted, and holds back what is behind it.
    case undecided(topic: String, partition: Int, offset: Int64)
    /// librdkafka or a broker says no.
    case refused(topic: String, reason: String)
    /// The task was cancelled.
    case cancelled
}

extension KafkaError {
    /// Whether it may pass by itself.
    public var isTransient: Bool {
        switch self {
        case .unreachable, .stalled, .undecided: true
        default: false
        }
    }
}

extension KafkaError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .property(let name, let reason): "the property \(name): \(reason)"
        case .unreachable(let brokers, let reason):
            "\(brokers): no broker answers: \(reason)"
        case .signIn(let brokers, let reason):
            sentence(
                "\(brokers): the broker does not let us in: \(reason)",
                goingOn: "check the name, the password and sasl.mechanism")
        case .certificate(let brokers, let reason):
            sentence(
                "\(brokers): the connection is not trusted: \(reason)",
                goingOn: "name the authority by ssl.ca.location, or is it a port without TLS?")
        case .noTopic(let topic):
            "there is no topic \(topic), or this user may not see it; is its name right?"
        case .forbidden(let topic):
            "this user may not use the topic \(topic): to read it takes the rights to describe and read, to write it those to "
                + "describe and write"
        case .stalled(let topic, let seconds, let reason):
            "the topic \(topic) gave nothing for \(seconds) s though there is more: \(reason)"
        case .undecided(let topic, let partition, let offset):
            "the topic \(topic) has a transaction that is neither committed nor aborted, from \(offset) on in partition "
                + "\(partition): what is behind it can be read when it has ended"
        case .refused(let topic, let reason): "the topic \(topic): \(reason)"
        case .cancelled: "cancelled"
        }
    }
}
