import Glibc

/// Cuts bytes into records, wherever the chunks begin and end.
///
/// Knows lines, server-sent events, and JSON arrays over any number of lines, whose elements are the
/// records, also with a name in front (`window.YTD.tweets.part0 = [`); a line's first byte tells which.
/// Objects that share a line, or go on over several, are found when `reread` asks for them. Memory is
/// bounded by `longestRecord`.
public struct RecordFramer: ~Copyable {
    /// Longer records are dropped: 4 MiB.
    public static let longestRecord = JSONParser.longestText

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum State {
        /// At the start of a line or inside one.
        case line
        /// Behind the CR that ended a line; a LF belongs to it.
        case behindReturn
        /// Behind a line that is a field of an event stream, if such a stream follows, or else nothing.
        case stray
        /// Inside a line too long to keep, up to the next LF, or CR too.
        case longLine(endsAtReturn: Bool)
        /// Among objects that need not end with their lines: in one, or between two.
        case objects(ElementScan?)
        /// Inside an array, between its brackets.
        case array(ElementScan)
    }

    private enum Step {
        case record(Record)
        /// Something that is no record has been read.
        case nothing
        /// Bytes are missing.
        case starved

        init(_ record: Record?) { self = record.map(Step.record) ?? .nothing }
    }

    /// False takes every line for a record of its own, whatever it looks like.
    private let isStructured: Bool
    private var state = State.line
    private var stored = PaddedBytes(capacity: 2 * readSize)
    /// The stored bytes before it have been read.
    private var start = 0
    /// No line end that is looked for stands among the unread bytes before it.
    private var searched = 0
    /// The line that the last record is, if it begins an object; empty if not.
    private var objectLine = 0..<0
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
        guard case .line = state, start < stored.count,
            stored.bytes[start] == UInt8(ascii: "{"), let end = unsearched.lastIndex(of: 0x0A)
        else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(rebasing: stored.bytes[start...end])
    }

    /// No more bytes come: what is left, whole or cut off, is a record. Later bytes begin a stream.
    public mutating func end() { hasEnded = true }

    /// The next record that the bytes taken complete; nil if there is none. Borrowed until the
    /// framer is called again.
    public mutating func next() -> Record? {
        while true {
            if start < stored.count {
                if let line = plainLine() { return line }
                switch step() {
                case .record(let record): return record
                case .nothing: continue
                case .starved: break
                }
            }
            guard hasEnded else { return nil }
            switch rest() {
            case .record(let record): return record
            case .nothing: continue
            case .starved: return nil
            }
        }
    }

    /// Whether the last record, which is no JSON, is a line of several objects, or one of them that goes on
    /// behind the line's end: `next` gives these then. To be asked before more bytes are taken.
    public mutating func reread() -> Bool {
        guard holdsObjects(objectLine) else { return false }
        (state, start, objectLine) = (.objects(nil), objectLine.lowerBound, 0..<0)
        return true
    }

    /// A whole line that begins an object, as most do; nil for anything else.
    @inline(__always)
    private mutating func plainLine() -> Record? {
        guard isStructured, case .line = state, stored.bytes[start] == UInt8(ascii: "{"),
            let end = lineEnd(), end - start <= longest
        else { return nil }
        defer { start = end + 1 }
        objectLine = start..<end
        return trimmed(objectLine)
    }

    /// What the end of the stream cut off, then the event that was being gathered; starved when nothing is
    /// left.
    private mutating func rest() -> Step {
        objectLine = 0..<0
        switch state {
        case .objects where start < stored.count: return firstLine()
        case .array(let scan):
            defer { (state, start) = (.line, stored.count) }
            return Step(scan.isTooLong ? Record() : trimmed(start..<stored.count))
        case .stray:
            state = .line
            return .record(Record())
        default: break
        }
        (state, searched, hasEnded) = (.line, start, false)
        event.isStream = false
        return event.dispatch().map(Step.record) ?? .starved
    }

    /// Reads one line or element.
    private mutating func step() -> Step {
        objectLine = 0..<0
        switch state {
        case .line: return line()
        case .behindReturn:
            if stored.bytes[start] == UInt8(ascii: "\n") { start += 1 }
            state = .line
            return .nothing
        case .stray: return stray()
        case .longLine(let endsAtReturn):
            if let end = lineEnd(orReturn: endsAtReturn) {
                leave(lineEndingAt: end)
            } else {
                start = stored.count
            }
            return .nothing
        case .objects(nil): return between()
        case .objects(let scan?): return object(scan)
        case .array(let scan): return element(scan)
        }
    }

    private mutating func line() -> Step {
        let first = stored.bytes[start]
        if isStructured, first == UInt8(ascii: "[") {
            state = .array(ElementScan())
            start += 1
            return .nothing
        }
        switch prefix() {
        case .length(let length):
            start += length
            return .nothing
        case .unknown where !hasEnded: return .starved
        default: break
        }
        let isObject = isStructured && first == UInt8(ascii: "{")
        // A CR can stand in an object's white space; anywhere else it ends the line.
        let end = lineEnd(orReturn: isStructured && !isObject)
        // By the length of the line, with its CR, whatever of it is kept: the same however it arrives.
        var length = (end ?? stored.count) - start
        if let end, end < stored.count, stored.bytes[end] == UInt8(ascii: "\r") { length += 1 }
        if length > longest, isObject {
            state = .objects(nil)
            return .nothing
        }
        guard let end else {
            guard length > longest else { return .starved }
            state = .longLine(endsAtReturn: isStructured)
            start = stored.count
            return .record(Record())
        }
        let range = start..<end
        leave(lineEndingAt: end)
        return length > longest ? .record(Record()) : line(range)
    }

    private mutating func leave(lineEndingAt end: Int) {
        start = min(end + 1, stored.count)
        let isReturn = end < stored.count && stored.bytes[end] == UInt8(ascii: "\r")
        state = isReturn ? .behindReturn : .line
    }

    private mutating func line(_ range: Range<Int>) -> Step {
        guard isStructured else { return Step(trimmed(range)) }
        if range.isEmpty { return Step(event.dispatch()) }
        let bytes = UnsafeBufferPointer(rebasing: stored.bytes[range])
        switch event.kind(of: bytes) {
        case .known: event.take(bytes)
        case .unknown: if !event.isStream { state = .stray }
        case .other:
            if let place = range.first(where: { !isSeparator(stored.bytes[$0]) }),
                stored.bytes[place] == UInt8(ascii: "{")
            {
                objectLine = place..<range.upperBound
            }
            return Step(trimmed(range))
        }
        return .nothing
    }

    /// The line before is no field of an event stream if no event stream follows.
    private mutating func stray() -> Step {
        let first = stored.bytes[start]
        if first == UInt8(ascii: "\n") || first == UInt8(ascii: "\r") {
            start += 1
            return .nothing
        }
        let end = lineEnd(orReturn: true)
        let bytes = UnsafeBufferPointer(rebasing: stored.bytes[start..<(end ?? stored.count)])
        guard end != nil || bytes.count > longest else { return .starved }
        state = .line
        return bytes.count <= longest && event.kind(of: bytes) == .known
            ? .nothing : .record(Record())
    }

    private mutating func between() -> Step {
        while start < stored.count, isSeparator(stored.bytes[start]) { start += 1 }
        guard start < stored.count else { return .starved }
        if stored.bytes[start] == UInt8(ascii: "{") {
            state = .objects(ElementScan(isBare: true))
        } else {
            if stored.bytes[start] == UInt8(ascii: "\n") { start += 1 }
            (state, searched) = (.line, start)
        }
        return .nothing
    }

    private mutating func object(_ known: ElementScan) -> Step {
        var scan = known
        guard let end = scan.next(in: stored.bytes, from: start) else {
            guard stored.count - start > longest else {
                state = .objects(scan)
                return .starved
            }
            return firstLine()
        }
        if scan.isBroken || end + 1 - start > longest { return firstLine() }
        defer { (state, start) = (.objects(nil), end + 1) }
        return Step(trimmed(start..<end + 1))
    }

    /// The first line of what is no object, as it is.
    private mutating func firstLine() -> Step {
        guard let end = lineEnd(orReturn: false) else {
            (state, start) = (.longLine(endsAtReturn: false), stored.count)
            return .record(Record())
        }
        defer { leave(lineEndingAt: end) }
        return Step(end - start > longest ? Record() : trimmed(start..<end))
    }

    /// Whether the line holds objects and nothing else, of which the last may go on behind it.
    private func holdsObjects(_ line: Range<Int>) -> Bool {
        let bytes = UnsafeBufferPointer(rebasing: stored.bytes[..<line.upperBound])
        var place = line.lowerBound
        while place < line.upperBound {
            guard bytes[place] == UInt8(ascii: "{") else { return false }
            var scan = ElementScan(isBare: true)
            guard let end = scan.next(in: bytes, from: place), !scan.isBroken else { return true }
            place = end + 1
            while place < line.upperBound, isSeparator(bytes[place]) { place += 1 }
        }
        return !line.isEmpty
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
        let isLast = stored.bytes[end] == UInt8(ascii: "]")
        state = scan.isBroken ? .line : isLast ? .objects(nil) : .array(ElementScan())
        return Step(record)
    }

    /// What stands at a line's start and is no part of any record.
    private enum Prefix {
        /// So many bytes.
        case length(Int)
        case none
        /// Bytes are missing.
        case unknown
    }

    private func prefix() -> Prefix {
        let bytes = stored.bytes[start...]
        let mark = bytes.prefix(Self.byteOrderMark.count)
        if Self.byteOrderMark.starts(with: mark) {
            return mark.count == Self.byteOrderMark.count ? .length(mark.count) : .unknown
        }
        guard isStructured, let name = AssignedName(of: bytes) else { return .none }
        return name.length.map(Prefix.length) ?? .unknown
    }

    /// What may stand between two objects, but for the end of a line.
    private func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"): false
        case UInt8(ascii: ","), UInt8(ascii: ";"): true
        default: byte <= 0x20
        }
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

    /// The next LF, or CR too; the end of the stream if there is none before it.
    private mutating func lineEnd(orReturn: Bool) -> Int? {
        let from = max(start, searched)
        let feed = lineEnd() ?? (hasEnded ? stored.count : nil)
        let bytes = UnsafeRawBufferPointer(stored.bytes)
        guard orReturn, from < searched, let base = bytes.baseAddress,
            let found = memchr(base + from, 0x0D, searched - from)
        else { return feed }
        searched = UnsafeRawPointer(found) - base
        return searched
    }

    /// The next LF.
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
