import Decode
import Tally

/// What came through the connections of a stream so far.
struct StreamReading: ~Copyable {
    var ledger: PostLedger
    private var events: EventReader

    init(rules: CountingRules, format: PostFormat, grammar: Grammar?) {
        ledger = PostLedger(rules: rules)
        events = EventReader(format: format, grammar: grammar)
    }

    mutating func take(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { events.feed($0, to: &ledger) }
    }

    /// The connection has ended. What stands behind its last line end, whole or cut off, is a record:
    /// the decoder tells.
    mutating func endConnection() { events.finish(to: &ledger) }
}
