/// Splits CSV by RFC 4180 into records; LF and CRLF end a line, and a quoted cell may hold either.
public struct CSVDecoder {
    /// Quoted cells that were read are here without their quotes: that makes them shorter at most.
    private var bytes: [UInt8]
    private var position = 0
    private var line = 1

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next record; nil at the end. A last line without LF is a record too.
    public mutating func next() -> CSVRecord? {
        var record = CSVRecord()
        return read(&record) ? record : nil
    }

    /// Puts the next record into the place and the memory of this one; false at the end.
    mutating func read(_ record: inout CSVRecord) -> Bool {
        guard position < bytes.count else { return false }
        let start = position
        record.begin(line: line)
        while true {
            record.append(cell())
            guard position < bytes.count else { break }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\n") {
                line += 1
                break
            }
        }
        record.end(start..<position, in: bytes)
        return true
    }

    /// Where the cell lies: up to the comma or LF that ends it, which is left for the caller.
    private mutating func cell() -> Range<Int> {
        guard position < bytes.count, bytes[position] == 0x22 else { return bareCell() }
        position += 1
        let start = position
        var end = start
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x22 {
                guard position < bytes.count, bytes[position] == 0x22 else { break }
                position += 1
            } else if byte == 0x0A {
                line += 1
            }
            move(byte, to: &end)
        }
        // Whatever stands between the closing quote and the separator belongs to no one; keep it, so
        // that a damaged line fails as a value instead of passing as a shorter one.
        for place in bareCell() { move(bytes[place], to: &end) }
        return start..<end
    }

    /// Changes nothing where nothing was left out before, so that most texts are never copied.
    private mutating func move(_ byte: UInt8, to end: inout Int) {
        if bytes[end] != byte { bytes[end] = byte }
        end += 1
    }

    private mutating func bareCell() -> Range<Int> {
        let start = position
        while position < bytes.count, bytes[position] != 0x2C, bytes[position] != 0x0A {
            position += 1
        }
        let endsLine = position == bytes.count || bytes[position] == 0x0A
        let hasReturn = endsLine && position > start && bytes[position - 1] == 0x0D
        return start..<(hasReturn ? position - 1 : position)
    }
}
