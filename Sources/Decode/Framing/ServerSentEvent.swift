/// Gathers the lines of one server-sent event (WHATWG HTML, section 9.2).
struct ServerSentEvent: ~Copyable {
    /// Bytes of data that an event may have.
    let longest: Int
    private static let longestName = 64

    private var name = PaddedBytes()
    private var data = PaddedBytes()
    private var hasData = false
    private var isTooLong = false

    init(longest: Int) { self.longest = longest }

    /// Takes a line that belongs to an event stream: a comment or a field. False if it does not.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        if line.first == UInt8(ascii: ":") { return true }
        guard line.first != UInt8(ascii: "{"),
            let colon = line.prefix(6).firstIndex(of: UInt8(ascii: ":")),
            let field = JSONText(UnsafeBufferPointer(rebasing: line[..<colon]))
        else { return false }
        var value = line[(colon + 1)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch field {
        case "event":
            name.removeAll()
            name.append(value.prefix(Self.longestName))
        case "data": append(value)
        case "id", "retry": break
        default: return false
        }
        return true
    }

    /// Ends the event and begins the next; nil if it has no data. Borrowed until the next line.
    mutating func dispatch() -> Record? {
        defer {
            name.removeAll()
            data.removeAll()
            (hasData, isTooLong) = (false, false)
        }
        guard hasData else { return nil }
        let event = name.count == 0 ? JSONText("message") : JSONText(name.bytes)
        return Record(event: event, text: isTooLong ? nil : data.bytes)
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
}
