import Glibc

/// Cuts bytes into records, wherever the chunks begin and end.
///
/// Knows lines ended by LF or CRLF, server-sent events, and JSON arrays over any number of lines, whose
/// elements are the records; a line's first byte tells which. Memory is bounded by `longestRecord`.
struct RecordFramer {
    /// Longer records are dropped: 4 MiB.
    static let longestRecord = 4 << 20

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

    /// False takes every line for a record of its own, whatever it looks like.
    private let isStructured: Bool
    private var state = State.start
    /// Unread bytes are at `0..<used`; at least `JSONParser.padding` more follow.
    private var storage: [UInt8]
    private var used = 0
    /// Bytes of the unread ones known to hold no LF.
    private var searched = 0
    private var event: ServerSentEvent
    private let longest: Int

    /// Bytes of memory held for unread bytes.
    var byteCount: Int { storage.count }

    /// - Parameter longest: bytes of the longest line, element or event that is not dropped.
    init(format: PostFormat, longest: Int = longestRecord) {
        self.longest = longest
        event = ServerSentEvent(longest: longest)
        isStructured = format != .text
        storage = [UInt8](repeating: 0, count: 1 << 16)
    }

    /// Takes the next bytes and hands out every record they complete.
    mutating func feed(_ chunk: UnsafeRawBufferPointer, _ body: (Record) -> Void) {
        append(chunk)
        var start = 0
        while start < used, let next = advance(from: start, body) { start = next }
        dropFirst(start)
    }

    /// Hands out what is left when the stream has ended, whole or cut off.
    mutating func finish(_ body: (Record) -> Void) {
        switch state {
        case .start where used > 0, .line where used > 0: line(0..<used, body)
        case .array(let scan) where scan.isTooLong: body(Record(event: nil, text: nil))
        case .array where used > 0: emit(0..<used, body)
        default: break
        }
        event.dispatch(body)
        (state, used, searched) = (.start, 0, 0)
    }

    /// Reads one line or element at `start`; returns where the next begins, nil if bytes are missing.
    private mutating func advance(from start: Int, _ body: (Record) -> Void) -> Int? {
        switch state {
        case .start:
            let seen = storage[start..<min(used, start + Self.byteOrderMark.count)]
            guard Self.byteOrderMark.starts(with: seen) else {
                state = .line
                return start
            }
            guard seen.count == Self.byteOrderMark.count else { return nil }
            state = .line
            return start + seen.count
        case .line:
            if isStructured, storage[start] == UInt8(ascii: "[") {
                state = .array(ElementScan())
                return start + 1
            }
            guard let end = lineEnd(from: start) else {
                guard used - start > longest else { return nil }
                body(Record(event: nil, text: nil))
                state = .longLine
                return used
            }
            // By the length of the line, whatever of it is kept: the same however it arrives.
            if end - start > longest {
                body(Record(event: nil, text: nil))
            } else {
                line(start..<end, body)
            }
            return end + 1
        case .longLine:
            guard let end = lineEnd(from: start) else { return used }
            state = .line
            return end + 1
        case .array(var scan):
            let end = scan.next(in: storage, from: start, to: used)
            defer { if case .array = state { state = .array(scan) } }
            guard let end else {
                guard used - start > longest else { return nil }
                scan.skip()
                return used
            }
            if scan.isTooLong || end - start > longest {
                body(Record(event: nil, text: nil))
            } else {
                emit(start..<end, body)
            }
            if scan.isBroken {
                state = .line
                return end
            }
            let isLast = storage[end] == UInt8(ascii: "]")
            if isLast { state = .line } else { scan = ElementScan() }
            return end + 1
        }
    }

    private mutating func line(_ range: Range<Int>, _ body: (Record) -> Void) {
        // An object is a record whatever else the stream may hold; most lines are objects.
        if isStructured, !range.isEmpty, storage[range.lowerBound] == UInt8(ascii: "{") {
            return emit(range, body)
        }
        let end = range.upperBound
        let hasReturn = end > range.lowerBound && storage[end - 1] == UInt8(ascii: "\r")
        let line = storage[range.lowerBound..<(hasReturn ? end - 1 : end)]
        if isStructured {
            if line.isEmpty { return event.dispatch(body) }
            if event.take(line) { return }
        }
        emit(line.indices, body)
    }

    /// Hands out the bytes without white space around them, unless nothing is left.
    private func emit(_ range: Range<Int>, _ body: (Record) -> Void) {
        storage.withUnsafeBufferPointer { buffer in
            var text = buffer[range]
            while let byte = text.last, byte <= 0x20 { text.removeLast() }
            text = text.drop { $0 <= 0x20 }
            if !text.isEmpty { body(Record(event: nil, text: UnsafeBufferPointer(rebasing: text))) }
        }
    }

    private mutating func lineEnd(from start: Int) -> Int? {
        let from = max(start, searched)
        let found = storage.withUnsafeBytes { bytes -> Int? in
            guard from < used, let base = bytes.baseAddress,
                let found = memchr(base + from, 0x0A, used - from)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
        searched = found ?? used
        return found
    }

    private mutating func append(_ chunk: UnsafeRawBufferPointer) {
        let needed = used + chunk.count + JSONParser.padding
        if needed > storage.count {
            storage += [UInt8](repeating: 0, count: max(needed - storage.count, storage.count))
        }
        storage.withUnsafeMutableBytes { bytes in
            UnsafeMutableRawBufferPointer(rebasing: bytes[used...]).copyMemory(from: chunk)
        }
        used += chunk.count
    }

    private mutating func dropFirst(_ count: Int) {
        guard count > 0 else { return }
        storage.withUnsafeMutableBytes { bytes in
            if let base = bytes.baseAddress { memmove(base, base + count, used - count) }
        }
        used -= count
        searched = max(0, searched - count)
    }
}
