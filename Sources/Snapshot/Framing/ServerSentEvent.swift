/// Gathers the lines of one server-sent event (WHATWG HTML, section 9.2).
struct ServerSentEvent {
    /// Bytes of data that an event may have.
    let longest: Int
    private var name = ""
    private var data: [UInt8] = []
    private var hasData = false
    private var isTooLong = false

    init(longest: Int) { self.longest = longest }

    /// Takes a line that belongs to an event stream: a comment or a field. False if it does not.
    mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
        if line.first == UInt8(ascii: ":") { return true }
        guard line.first != UInt8(ascii: "{"),
            let colon = line.prefix(6).firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        var value = line[(colon + 1)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "event": name = String(decoding: value.prefix(64), as: UTF8.self)
        case "data": append(value)
        case "id", "retry": break
        default: return false
        }
        return true
    }

    /// Hands out the event and begins the next; nothing if there are no data.
    mutating func dispatch(_ body: (Record) -> Void) {
        guard hasData else {
            name = ""
            return
        }
        let event = name.isEmpty ? "message" : name
        if isTooLong {
            body(Record(event: event, text: nil))
        } else {
            let length = data.count
            data.append(contentsOf: repeatElement(0, count: JSONParser.padding))
            data.withUnsafeBufferPointer {
                body(Record(event: event, text: UnsafeBufferPointer(rebasing: $0[..<length])))
            }
        }
        data.removeAll(keepingCapacity: true)
        (name, hasData, isTooLong) = ("", false, false)
    }

    private mutating func append(_ value: ArraySlice<UInt8>) {
        if hasData { data.append(0x0A) }
        hasData = true
        isTooLong = isTooLong || data.count + value.count > longest
        if !isTooLong { data.append(contentsOf: value) }
    }
}
