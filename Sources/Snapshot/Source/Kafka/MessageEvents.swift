import Decode
import Links

/// What takes in the events of messages, and is told before of which message they are.
protocol MessageSink: EventSink {
    mutating func begin(_ mark: MessageMark)
}

/// Where a message stands.
struct MessageMark {
    /// Microseconds since 1970, by the message.
    var time: Int64
    /// In the order of the source.
    var order: UInt64
}

/// Turns messages into events, many at once, as that is quickest.
///
/// A message is a record of the format; or several, in lines, an array or server-sent events.
struct MessageEvents: ~Copyable {
    private var bytes = PaddedBytes(capacity: Self.most)
    private var messages: [(text: Range<Int>, mark: MessageMark)] = []
    private let format: PostFormat
    private let decoder: FormatDecoder
    /// Of messages that are more, or less, than a record.
    private var reader: EventReader
    /// Bytes that are looked through together.
    private static let most = 2 * readSize

    init(
        format: PostFormat, grammar: Grammar?, identity: Identity = Identity(), links: LinkRules?
    ) {
        self.format = format
        decoder = FormatDecoder(of: format, grammar: grammar, identity: identity, links: links)
        reader = EventReader(of: format, by: decoder)
    }

    /// Passes on what the message says, now or with the next `flush`.
    mutating func take(
        _ value: UnsafeRawBufferPointer, _ mark: MessageMark, to sink: inout some MessageSink
    ) {
        let text = Self.trimmed(value)
        guard let first = text.first else { return }
        if text.count > RecordFramer.longestRecord {
            sink.begin(mark)
            return sink.record(.invalid)
        }
        guard first == UInt8(ascii: "{") || format == .text else {
            return framed(text, mark, to: &sink)
        }
        if bytes.count + text.count >= Self.most { flush(to: &sink) }
        messages.append((bytes.count..<bytes.count + text.count, mark))
        bytes.append(text)
        bytes.append(CollectionOfOne(UInt8(ascii: "\n")))
    }

    /// Passes on what all messages say.
    mutating func flush(to sink: inout some MessageSink) {
        switch decoder {
        case .v1(let decoder): decode(by: decoder, to: &sink)
        case .v2(let decoder): decode(by: decoder, to: &sink)
        case .jetstream(let decoder): decode(by: decoder, to: &sink)
        case .mastodon(let decoder): decode(by: decoder, to: &sink)
        case .text(let decoder): decode(by: decoder, to: &sink)
        }
        bytes.removeAll()
        messages.removeAll(keepingCapacity: true)
    }

    private mutating func decode(by decoder: some PostDecoder, to sink: inout some MessageSink) {
        decoder.prepare(bytes.bytes)
        // Looked at after the others: what is known of all lines together is lost by it.
        var odd: [(text: Range<Int>, mark: MessageMark)] = []
        for (range, mark) in messages {
            let text = UnsafeBufferPointer(rebasing: bytes.bytes[range])
            sink.begin(mark)
            if !decoder.read(Record(text: text), to: &sink) { odd.append((range, mark)) }
        }
        for (range, mark) in odd {
            let text = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.bytes[range]))
            framed(text, mark, to: &sink)
        }
    }

    private mutating func framed(
        _ text: UnsafeRawBufferPointer, _ mark: MessageMark, to sink: inout some MessageSink
    ) {
        sink.begin(mark)
        reader.feed(text, to: &sink)
        reader.finish(to: &sink)
    }

    private static func trimmed(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var range = value.indices
        while let first = range.first, isSpace(value[first]) { range.removeFirst() }
        while let last = range.last, isSpace(value[last]) { range.removeLast() }
        return UnsafeRawBufferPointer(rebasing: value[range])
    }
}
