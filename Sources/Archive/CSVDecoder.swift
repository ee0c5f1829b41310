/// Splits CSV by RFC 4180 into records; LF and CRLF end a line, and a quoted cell may hold either.
public struct CSVDecoder {
    /// A record, the number of the line it starts on (from 1), and its bytes with the line end.
    public struct Record {
        public var line: Int
        public var range: Range<Int>
        public var cells: [ArraySlice<UInt8>]
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next record; nil at the end. A last line without LF is a record too.
    public mutating func next() -> Record? {
        guard position < bytes.count else { return nil }
        let (start, firstLine) = (position, line)
        var cells: [ArraySlice<UInt8>] = []
        cells.reserveCapacity(8)
        while true {
            cells.append(cell())
            guard position < bytes.count else { break }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\n") {
                line += 1
                break
            }
        }
        return Record(line: firstLine, range: start..<position, cells: cells)
    }

    /// Reads up to the comma or LF that ends the cell, and leaves it for the caller.
    private mutating func cell() -> ArraySlice<UInt8> {
        guard position < bytes.count, bytes[position] == 0x22 else { return bareCell() }
        position += 1
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x22 {
                guard position < bytes.count, bytes[position] == 0x22 else { break }
                position += 1
            } else if byte == 0x0A {
                line += 1
            }
            content.append(byte)
        }
        // Whatever stands between the closing quote and the separator belongs to no one; keep it, so
        // that a damaged line fails as a value instead of passing as a shorter one.
        content.append(contentsOf: bareCell())
        return content[...]
    }

    private mutating func bareCell() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, bytes[position] != 0x2C, bytes[position] != 0x0A {
            position += 1
        }
        let endsLine = position == bytes.count || bytes[position] == 0x0A
        let end =
            endsLine && position > start && bytes[position - 1] == 0x0D ? position - 1 : position
        return bytes[start..<end]
    }
}
