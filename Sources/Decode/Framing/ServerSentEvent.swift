/// Gathers the lines of one server-sent event (WHATWG HTML, section 9.2).
struct ServerSentEvent: ~Copyable {
    /// Bytes of data that an event may have.
    let longest: Int
    private static let longestName = 64

    /// What a line is to an event stream.
    enum Line {
        /// A comment, or a field that there is.
        case known
        /// What an event stream ignores, and nothing else can have.
        case unknown
        /// No line of one.
        case other
    }

    /// A field, of those that there are, has been taken.
    var isStream = false
    private var name = PaddedBytes()
    private var data = PaddedBytes()
    private var hasData = false
    private var isTooLong = false

    init(longest: Int) { self.longest = longest }

    /// What the line, which is not empty, is; nothing is done with it.
    func kind(of line: UnsafeBufferPointer<UInt8>) -> Line {
        if field(of: line) != nil { return .known }
        switch line.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): return .other
        default: break
        }
        if isStream { return .unknown }
        let name = line.prefix(Self.longestName).prefix(while: Self.isNamePart)
        return !name.isEmpty && name.endIndex < line.count
            && line[name.endIndex] == UInt8(ascii: ":") ? .unknown : .other
    }

    /// Takes a known line.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>) {
        guard let field = field(of: line), field.count > 0 else { return }
        isStream = true
        var value = line.dropFirst(field.count + 1)
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch field {
        case "event":
            name.removeAll()
            name.append(value.prefix(Self.longestName))
        case "data": append(value)
        default: break
        }
    }

    /// Ends the event and begins the next; nil if it has no data. Borrowed until the next line.
    mutating func dispatch() -> Record? {
        defer {
            name.removeAll()
            data.removeAll()
            (hasData, isTooLong) = (false, false)
        }
        guard hasData else { return nil }
        if !isTooLong, (try? UTF8Span(validating: data.bytes.span)) == nil {
            // An event stream is UTF-8, whatever is sent.
            let text = String(decoding: data.bytes, as: UTF8.self)
            data.removeAll()
            data.append(text.utf8)
            isTooLong = data.count > longest
        }
        let event = name.count == 0 ? JSONText("message") : JSONText(name.bytes)
        return Record(event: event, text: isTooLong ? nil : data.bytes)
    }

    /// The name of the field that the line is, empty for a comment; nil for an unknown one. A line without a
    /// colon is a name.
    private func field(of line: UnsafeBufferPointer<UInt8>) -> JSONText? {
        let end = line.prefix(6).firstIndex(of: UInt8(ascii: ":")) ?? line.count
        guard end < 6, let name = JSONText(UnsafeBufferPointer(rebasing: line[..<end])) else {
            return nil
        }
        switch name {
        case "", "event", "data", "id", "retry": return name
        default: return nil
        }
    }

    private mutating func append(_ value: Slice<UnsafeBufferPointer<UInt8>>) {
        defer { hasData = true }
        // A line feed stands between two lines.
        let joined = data.count + value.count + (hasData ? 1 : 0)
        isTooLong = isTooLong || joined > longest
        guard !isTooLong else { return }
        if hasData { data.append(CollectionOfOne(UInt8(ascii: "\n"))) }
        data.append(value)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte &- 0x30 < 10
            || byte | 0x20 &- 0x61 < 26
    }
}
