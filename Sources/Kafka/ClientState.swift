import CKafka
import Synchronization
import Text

/// What librdkafka's callbacks tell of a client, and what they are given. Called on the thread that polls.
final class ClientState: Sendable {
    private struct Told {
        var last: String?
        var signIn: String?
        var certificate: String?
    }

    let brokers: String
    private let told = Mutex(Told())
    /// Nil if no token is asked for.
    let token: TokenBox?
    /// Of messages that were to be written.
    let reports = DeliveryReports()

    init(brokers: String, token: TokenBox?) { (self.brokers, self.token) = (brokers, token) }

    /// The last that was told of the connections, in words.
    var lastReason: String { told.withLock { $0.last } ?? "nothing was heard of it" }

    /// What will not heal by itself; nil if nothing is known of it.
    var finalError: KafkaError? {
        told.withLock { told in
            if let reason = told.signIn { return .signIn(brokers: brokers, reason: reason) }
            return told.certificate.map { .certificate(brokers: brokers, reason: $0) }
        }
    }

    /// What was told is over.
    func connected() { told.withLock { $0 = Told() } }

    func take(_ code: rd_kafka_resp_err_t, _ reason: String) {
        let words = Self.words(reason)
        told.withLock { told in
            switch code {
            case RD_KAFKA_RESP_ERR__AUTHENTICATION: told.signIn = words
            case RD_KAFKA_RESP_ERR__SSL: told.certificate = words
            // Says nothing that is not known.
            case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN: if told.last != nil { return }
            default: break
            }
            told.last = words
        }
    }

    /// Without what librdkafka puts around: `sasl_ssl://host:9093/bootstrap: ` before it, and how long it took behind.
    static func words(_ reason: String) -> String {
        var text = reason[...]
        if let range = text.range(of: "://"), let end = text[range.upperBound...].range(of: ": ") {
            text = text[end.upperBound...]
        }
        if let range = text.range(of: " (after ") { text = text[..<range.lowerBound] }
        return terminalSafe(String(text.prefix(300)))
    }
}

extension Substring {
    /// By bytes.
    fileprivate func range(of needle: StaticString) -> Range<Index>? {
        let wanted = needle.withUTF8Buffer { Array($0) }
        let bytes = utf8
        var place = bytes.startIndex
        while place != bytes.endIndex {
            var (other, count) = (place, 0)
            while count < wanted.count, other != bytes.endIndex, bytes[other] == wanted[count] {
                other = bytes.index(after: other)
                count += 1
            }
            if count == wanted.count { return place..<other }
            place = bytes.index(after: place)
        }
        return nil
    }
}

/// The token that clients show; whoever makes tokens puts a new one in before the last one ends.
public final class TokenBox: Sendable {
    private let token: Mutex<BearerToken>

    public init(_ token: BearerToken) { self.token = Mutex(token) }

    public var current: BearerToken {
        get { token.withLock { $0 } }
        set { token.withLock { $0 = newValue } }
    }
}
