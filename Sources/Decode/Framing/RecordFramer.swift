import Glibc

/// Cuts bytes into records, wherever the chunks begin and end.
///
/// Knows lines ended by LF or CRLF, server-sent events, and JSON arrays over any number of lines, whose
/// elements are the records; a line's first byte tells which. Memory is bounded by `longestRecord`.
public struct RecordFramer: ~Copyable {
    /// Longer records are dropped: 4 MiB.
    public static let longestRecord = JSONParser.longestText

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum State {
        /// At the start of the stream, where a byte order mark may stand.
        case start
        /// At the start of a line or inside one.
        case line
        /// Inside a line too long to keep.
        case longLine
        /// Inside an array, between its brackets.
        case array(ElementScan)
    }

    private enum Step {
        case record(Record)
        /// Something that is no record has been read.
        case nothing
        /// Bytes are missing.
        case starved
    }

    /// False takes every line for a record of its own, whatever it looks like.
    private let isStructured: Bool
    private var state = State.start
    private var stored = PaddedBytes(capacity: 2 * readSize)
    /// The stored bytes before it have been read.
    private var start = 0
    /// No LF stands among the unread bytes before it.
    private var searched = 0
    private var hasEnded = false
    private var event: ServerSentEvent
    private let longest: Int

    /// Bytes of memory held for unread bytes.
    var byteCount: Int { stored.capacity }

    /// - Parameter longest: bytes of the longest line, element or event that is not dropped.
    public init(format: PostFormat, longest: Int = longestRecord) {
        isStructured = format != .text
        event = ServerSentEvent(longest: longest)
        self.longest = longest
    }

    /// Takes the next bytes.
    public mutating func take(_ chunk: UnsafeRawBufferPointer) {
        dropRead()
        stored.append(chunk)
    }

    /// Takes the next bytes of the reader; false at its end.
    mutating func take(from bytes: inout any ByteReader) throws(DecodeError) -> Bool {
        dropRead()
        return try stored.append(upTo: readSize) { (room) throws(DecodeError) in
            try bytes.read(into: room)
        } > 0
    }

    /// The unread bytes up to the last LF, if they begin a line, and an object.
    var lines: UnsafeBufferPointer<UInt8> {
        // A line that comes in many pieces is looked through once, not again with every piece.
        let unsearched = stored.bytes[max(start, searched)...]
        switch state {
        case .start, .line:
            guard start < stored.count, stored.bytes[start] == UInt8(ascii: "{"),
                let end = unsearched.lastIndex(of: 0x0A)
            else { break }
            return UnsafeBufferPointer(rebasing: stored.bytes[start...end])
        case .longLine, .array: break
        }
        return UnsafeBufferPointer(start: nil, count: 0)
    }

    /// No more bytes come: what is left, whole or cut off, is a record. Later bytes begin a stream.
    public mutating func end() { hasEnded = true }

    /// The next record that the bytes taken complete; nil if there is none. Borrowed until the
    /// framer is called again.
    public mutating func next() -> Record? {
        while start < stored.count {
            if let line = plainLine() { return line }
            switch step() {
            case .record(let record): return record
            case .nothing: continue
            case .starved: return hasEnded ? rest() : nil
            }
        }
        return hasEnded ? rest() : nil
    }

    /// A whole line that begins an object, as most do; nil for anything else.
    @inline(__always)
    private mutating func plainLine() -> Record? {
        guard isStructured, case .line = state, stored.bytes[start] == UInt8(ascii: "{"),
            let end = lineEnd(), end - start <= longest
        else { return nil }
        defer { start = end + 1 }
        return trimmed(start..<end)
    }

    /// The record that the end of the stream cut off, then the event that was being gathered.
    private mutating func rest() -> Record? {
        let range = start..<stored.count
        let cut: Record? =
            switch state {
            case .longLine: nil
            case _ where range.count > longest: Record()
            case .start, .line: range.isEmpty ? nil : line(range)
            case .array(let scan): scan.isTooLong ? Record() : trimmed(range)
            }
        (state, start, searched) = (.start, stored.count, stored.count)
        if let cut { return cut }
        hasEnded = false
        return event.dispatch()
    }

    /// Reads one line or element.
    private mutating func step() -> Step {
        switch state {
        case .start:
            let seen = stored.bytes[start...].prefix(Self.byteOrderMark.count)
            if Self.byteOrderMark.starts(with: seen) {
                guard seen.count == Self.byteOrderMark.count else { return .starved }
                start += seen.count
            }
            state = .line
            return .nothing
        case .line:
            if isStructured, stored.bytes[start] == UInt8(ascii: "[") {
                state = .array(ElementScan())
                start += 1
                return .nothing
            }
            guard let end = lineEnd() else {
                guard stored.count - start > longest else { return .starved }
                state = .longLine
                start = stored.count
                return .record(Record())
            }
            defer { start = end + 1 }
            // By the length of the line, whatever of it is kept: the same however it arrives.
            if end - start > longest { return .record(Record()) }
            return line(start..<end).map(Step.record) ?? .nothing
        case .longLine:
            guard let end = lineEnd() else {
                start = stored.count
                return .nothing
            }
            (state, start) = (.line, end + 1)
            return .nothing
        case .array(let scan): return element(scan)
        }
    }

    private mutating func element(_ known: ElementScan) -> Step {
        var scan = known
        guard let end = scan.next(in: stored.bytes, from: start) else {
            defer { state = .array(scan) }
            guard stored.count - start > longest else { return .starved }
            scan.skip()
            start = stored.count
            return .nothing
        }
        let isTooLong = scan.isTooLong || end - start > longest
        let record = isTooLong ? Record() : trimmed(start..<end)
        start = scan.isBroken ? end : end + 1
        state =
            scan.isBroken || stored.bytes[end] == UInt8(ascii: "]") ? .line : .array(ElementScan())
        return record.map(Step.record) ?? .nothing
    }

    @inline(__always)
    private mutating func line(_ range: Range<Int>) -> Record? {
        let end = range.upperBound
        let hasReturn = !range.isEmpty && stored.bytes[end - 1] == UInt8(ascii: "\r")
        let range = range.lowerBound..<(hasReturn ? end - 1 : end)
        if isStructured {
            if range.isEmpty { return event.dispatch() }
            if event.take(UnsafeBufferPointer(rebasing: stored.bytes[range])) { return nil }
        }
        return trimmed(range)
    }

    /// The bytes without white space around them; nil if nothing is left.
    @inline(__always)
    private func trimmed(_ range: Range<Int>) -> Record? {
        let bytes = stored.bytes
        var (first, end) = (range.lowerBound, range.upperBound)
        while first < end, bytes[end - 1] <= 0x20 { end -= 1 }
        while first < end, bytes[first] <= 0x20 { first += 1 }
        return first == end ? nil : Record(text: UnsafeBufferPointer(rebasing: bytes[first..<end]))
    }

    @inline(__always)
    private mutating func lineEnd() -> Int? {
        let from = max(start, searched)
        searched = stored.count
        let bytes = UnsafeRawBufferPointer(stored.bytes)
        guard from < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + from, 0x0A, bytes.count - from)
        else { return nil }
        searched = UnsafeRawPointer(found) - base
        return searched
    }

    private mutating func dropRead() {
        stored.removeFirst(start)
        searched = max(0, searched - start)
        start = 0
    }
}
