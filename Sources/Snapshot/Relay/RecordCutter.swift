import Calendar
import Decode

/// A record of a stream, to be passed on as it came.
public struct RelayedRecord: Sendable {
    /// One line, or for server-sent events the lines of one event.
    public var text: [UInt8]
    /// Identifies its post; nil if it is about none.
    public var id: String?
    /// Milliseconds since 1970: its post's time, or else that of the record before.
    public var time: Int64
}

/// Cuts a stream into records to pass on. One thread at a time.
final class RecordCutter {
    private var framer: RecordFramer
    private let format: PostFormat
    private let decoder: FormatDecoder
    private let id: RecordID
    private var events: [StreamEvent] = []
    private var time: Int64?
    /// Records before the first one with a time, which is theirs too.
    private var early: [RelayedRecord] = []
    /// Of more of them none is waited for.
    private static let earlyLimit = 1000

    init(_ format: PostFormat) {
        self.format = format
        framer = RecordFramer(format: format)
        decoder = FormatDecoder(of: format, grammar: nil, identity: Identity())
        id = RecordID(of: format)
    }

    /// Hands over the records that the bytes complete; nil is the end of a connection.
    func take(_ bytes: [UInt8]?, _ pass: (RelayedRecord) -> Void) {
        if let bytes { bytes.withUnsafeBytes { framer.take($0) } } else { framer.end() }
        while let record = framer.next() {
            guard let text = record.text else { continue }
            events.removeAll(keepingCapacity: true)
            if !decode(record), framer.reread() { continue }
            if let own = events.lazy.compactMap(\.microseconds).first { time = own / 1000 }
            let passed = RelayedRecord(
                text: line(record.event, text), id: id(record), time: time ?? 0)
            if time == nil, format != .text, early.count < Self.earlyLimit {
                early.append(passed)
            } else {
                passEarly(pass)
                pass(timed(passed))
            }
        }
        if bytes == nil { passEarly(pass) }
    }

    private func passEarly(_ pass: (RelayedRecord) -> Void) {
        for record in early { pass(timed(record)) }
        early = []
    }

    /// With the time that is known by now; the clock's if none is.
    private func timed(_ record: RelayedRecord) -> RelayedRecord {
        var timed = record
        timed.time = time ?? Timestamp.now().microseconds / 1000
        return timed
    }

    private func decode(_ record: Record) -> Bool {
        switch decoder {
        case .v1(let decoder): decoder.read(record, to: &events)
        case .v2(let decoder): decoder.read(record, to: &events)
        case .jetstream(let decoder): decoder.read(record, to: &events)
        case .mastodon(let decoder): decoder.read(record, to: &events)
        case .text(let decoder): decoder.read(record, to: &events)
        }
    }

    /// The record as a line; with the event's name as the lines of an event.
    private func line(_ event: JSONText?, _ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        // JSON has no line ends but between its parts, where a space is as good.
        let line = text.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        guard let event else { return line }
        return Array("event: \(event.string)\ndata: ".utf8) + line + Array("\n".utf8)
    }
}
