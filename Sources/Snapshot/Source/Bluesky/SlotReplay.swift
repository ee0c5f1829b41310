import Calendar
import Decode
import Links
import Transport

/// The due spans of a replayed stream, and where the stream is.
///
/// An event belongs to the slot that its server's time says, so that a window is what `tidemark count`
/// finds in the events of its slot. A deletion that comes after the slot's end belongs to the next.
struct SlotReplay: EventSink {
    /// Oldest first; events are filed by the first one's and the later ones' ranges.
    private(set) var spans: ArraySlice<DueSpan>
    private(set) var position: StreamPosition
    /// The latest time of an event in any span.
    private(set) var latest: Int64
    private(set) var byteCount = 0
    private var accountRemovals = 0
    private var distrust = Distrust()
    /// Messages in a row that could not be read, at the beginning of a connection.
    private var unreadable = 0
    /// Whether the connection has brought anything that can be read.
    private(set) var hasRead = false
    /// So many of them are no accident.
    private static let fewUnreadable = 16
    /// Where the events are that nobody asked for.
    private var strays: StreamPosition?
    private let decoder: JetstreamDecoder
    /// No honest event is later.
    var horizon: Int64

    /// Events are asked for from so long before a span, and again after each lost connection.
    static let rewind: Int64 = 5_000_000
    private static let disorder: Int64 = 60_000_000
    /// More than ten times what a slot of the whole network has.
    private static let byteLimit = 16 << 30
    private static let removalLimit = 200_000

    /// At least one span.
    init(_ spans: [DueSpan], now: Timestamp, links: LinkRules? = nil) {
        self.spans = spans[...]
        let start = spans[0].range.lowerBound
        position = StreamPosition(at: start - Self.rewind)
        latest = start - Self.rewind
        horizon = now.microseconds
        decoder = JetstreamDecoder(
            grammar: .bluesky, identity: Identity(), links: links)
    }

    /// Where the next connection begins.
    var cursor: Int64 { max(position.time - Self.rewind, 0) }

    /// What is earlier nobody asked for, even with some disorder.
    private var floor: Int64 {
        spans[spans.startIndex].range.lowerBound - Self.rewind - Self.disorder
    }

    /// A time that the server's events have reached; nil while they tell none.
    var reached: Int64? {
        let strays = strays.flatMap { $0.time > 0 ? $0.time : nil }
        let asked = spans[spans.startIndex].isEmpty ? nil : position.time
        return [strays, asked].compactMap { $0 }.max()
    }

    /// Whether the server has sent more than can be true.
    var isExcessive: Bool { byteCount > Self.byteLimit || accountRemovals > Self.removalLimit }

    /// Files the events of the messages.
    ///
    /// - Returns: false if it stopped at one that cannot be read: it may be all that came of an event,
    ///   which another connection may bring whole.
    mutating func take(_ batch: MessageBatch) -> Bool {
        byteCount += batch.bytes.count
        let decoder = decoder
        return batch.bytes.withUnsafeBufferPointer { bytes in
            decoder.prepare(UnsafeBufferPointer(rebasing: bytes.dropLast(MessageBatch.padding)))
            for message in batch.messages {
                let invalid = spans[spans.startIndex].ledger.read.invalid
                switch message {
                case .text(let range), .binary(let range):
                    let text = UnsafeBufferPointer(rebasing: bytes[range])
                    decoder.decode(Record(text: text), to: &self)
                case .tooLong: record(.invalid)
                }
                if spans[spans.startIndex].ledger.read.invalid == invalid {
                    hasRead = true
                    continue
                }
                if !hasRead { unreadable += 1 }
                if distrust.isDue(at: position.time) || unreadable >= Self.fewUnreadable {
                    return false
                }
            }
            return true
        }
    }

    mutating func record(_ event: StreamEvent) {
        guard let time = event.microseconds else {
            switch event {
            case .notice: break
            case .invalid: spans[spans.startIndex].ledger.record(event)
            default: spans[spans.startIndex].ledger.recordMistimed()
            }
            return
        }
        guard time >= floor, time < horizon + 86_400_000_000 else {
            if strays == nil { strays = StreamPosition(at: 0) }
            strays?.take(time)
            return spans[spans.startIndex].ledger.recordMistimed()
        }
        position.take(time)
        if case .accountRemoval = event { accountRemovals += 1 }
        guard let index = spans.firstIndex(where: { $0.range.contains(time) }) else { return }
        guard time < horizon + Self.disorder else {
            return spans[index].ledger.recordMistimed()
        }
        latest = max(latest, time)
        spans[index].eventCount += 1
        spans[index].ledger.record(event)
    }

    /// Another connection begins.
    mutating func begin() { (unreadable, hasRead) = (0, false) }

    mutating func countReconnect() { spans[spans.startIndex].reconnects += 1 }

    /// Says of a server that it was left for another.
    mutating func leave(_ server: String) { spans[spans.startIndex].leave(server) }

    /// Takes the oldest span off, and says whether the stream goes on into the next.
    mutating func removeFirst() -> Bool {
        let over = spans.removeFirst()
        accountRemovals = 0
        byteCount = 0
        guard let next = spans.first, next.range.lowerBound != over.range.upperBound else {
            return true
        }
        position = StreamPosition(at: next.range.lowerBound - Self.rewind)
        return false
    }

    /// The servers have no more: what came last counts.
    mutating func finish() { position.finish(at: latest) }

    /// Forgets where a connection led, which another server may do better.
    mutating func goBack(to position: StreamPosition) { self.position = position }
}

/// Whether a connection is to be given up for a message that cannot be read: once in the same place,
/// and not for ever.
private struct Distrust {
    private var until = Int64.min
    private var count = 0
    private static let limit = 32

    mutating func isDue(at position: Int64) -> Bool {
        guard position > until, count < Self.limit else { return false }
        until = position + SlotReplay.rewind
        count += 1
        return true
    }
}
