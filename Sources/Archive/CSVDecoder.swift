/// Splits CSV by RFC 4180 into records; LF and CRLF end a line, and a quoted cell may hold either.
public struct CSVDecoder {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next record; nil at the end. A last line without LF is a record too.
    public mutating func next() -> CSVRecord? {
        var record = CSVRecord()
        return read(&record) ? record : nil
    }

    /// Puts the next record in the place of this one and its memory; false at the end.
    mutating func read(_ record: inout CSVRecord) -> Bool {
        guard position < bytes.count else { return false }
        record.begin(line: line)
        let start = position
        while true {
            readCell(&record)
            guard position < bytes.count else { break }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\n") {
                line += 1
                break
            }
        }
        record.range = start..<position
        return true
    }

    /// Reads up to the comma or LF that ends the cell, and leaves it for the caller.
    private mutating func readCell(_ record: inout CSVRecord) {
        if position < bytes.count, bytes[position] == 0x22 { readQuoted(&record) }
        // Whatever stands between the closing quote and the separator belongs to no one; keep it, so
        // that a damaged line fails as a value instead of passing as a shorter one.
        let start = position
        while position < bytes.count, bytes[position] != 0x2C, bytes[position] != 0x0A {
            position += 1
        }
        let endsLine = position == bytes.count || bytes[position] == 0x0A
        let hasReturn = endsLine && position > start && bytes[position - 1] == 0x0D
        record.append(bytes[start..<(hasReturn ? position - 1 : position)])
        record.endCell()
    }

    /// Reads from the opening quote to the closing one.
    private mutating func readQuoted(_ record: inout CSVRecord) {
        position += 1
        var start = position
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x22 {
                // Of two quotes, the first is content.
                let isContent = position < bytes.count && bytes[position] == 0x22
                record.append(bytes[start..<(isContent ? position : position - 1)])
                guard isContent else { return }
                position += 1
                start = position
            } else if byte == 0x0A {
                line += 1
            }
        }
        record.append(bytes[start..<position])
    }
}
