import Calendar

/// Builds CSV by RFC 4180 with LF line ends, byte for byte the same for the same values.
///
/// A text cell that a spreadsheet would take for a formula gets a leading apostrophe.
public struct CSVEncoder {
    /// What was written so far; whole lines after each `row`.
    public private(set) var bytes: [UInt8] = []
    private var atLineStart = true
    /// The time written last.
    private var latest: (time: Timestamp, text: [UInt8])?

    public init() {}

    /// Forgets what was written, and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        atLineStart = true
    }

    /// A header line.
    public mutating func header(_ columns: [String]) {
        for column in columns { text(column) }
        endLine()
    }

    /// One line of a file with these columns.
    public mutating func row<Row: ArchiveRow>(_ row: Row, columns: [String] = Row.header) {
        row.encode(into: &self)
        for column in columns.dropFirst(Row.columns.count) { row.encode(column, into: &self) }
        endLine()
    }

    public mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        atLineStart = true
    }

    public mutating func text(_ value: String) {
        separate()
        let cell = value.utf8
        let guarded = FormulaGuard.applies(to: cell)
        var quoted = false
        for byte in cell where byte <= 0x2C {
            quoted = quoted || byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D
        }
        if quoted { bytes.append(0x22) }
        if guarded { bytes.append(FormulaGuard.apostrophe) }
        guard quoted else { return bytes.append(contentsOf: cell) }
        for byte in cell {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    public mutating func count(_ value: Int) { plain(String(value)) }

    public mutating func timestamp(_ value: Timestamp) {
        guard Timestamp.writable.contains(value.secondsSinceEpoch) else {
            return plain(value.description)
        }
        separate()
        // The rows of a window have one time.
        if value == latest?.time, let text = latest?.text { return bytes.append(contentsOf: text) }
        let start = bytes.count
        let date = value.date
        digits(date.year, 4)
        part("-", date.month)
        part("-", date.day)
        part("T", value.hour)
        part(":", value.minute)
        part(":", value.second)
        bytes.append(UInt8(ascii: "Z"))
        latest = (value, Array(bytes[start...]))
    }

    private mutating func part(_ mark: Unicode.Scalar, _ number: Int) {
        bytes.append(UInt8(ascii: mark))
        digits(number, 2)
    }

    /// A number of that many digits, with leading zeros.
    private mutating func digits(_ number: Int, _ width: Int) {
        var unit = 1
        for _ in 1..<width { unit *= 10 }
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
            unit /= 10
        }
    }

    /// A number with that many decimals, rounded to nearest; an empty cell for nil.
    public mutating func number(_ value: Double?, decimals: Int) {
        plain(value.map { FixedPoint.text($0, decimals: decimals) } ?? "")
    }

    private mutating func plain(_ value: String) {
        separate()
        bytes.append(contentsOf: value.utf8)
    }

    private mutating func separate() {
        if !atLineStart { bytes.append(UInt8(ascii: ",")) }
        atLineStart = false
    }
}
