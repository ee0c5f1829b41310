/// The cells of a line of CSV, or of several that a quoted cell spans.
public struct CSVRecord: RandomAccessCollection {
    /// The number of the line it starts on, from 1.
    public private(set) var line = 0
    /// Its bytes in the text, with the line end.
    public private(set) var range = 0..<0
    /// The whole text as far as it was decoded.
    private(set) var bytes: [UInt8] = []
    /// Where in `bytes` the cells lie.
    private(set) var places: [Range<Int>] = []

    public let startIndex = 0
    public var endIndex: Int { places.count }

    /// A cell as it was before it was written, without the apostrophe that guards it.
    public func text(_ cell: Int) -> String { String(decoding: bytes(cell), as: UTF8.self) }

    /// The same as UTF-8.
    public func bytes(_ cell: Int) -> ArraySlice<UInt8> { FormulaGuard.removed(from: self[cell]) }

    public subscript(cell: Int) -> ArraySlice<UInt8> { bytes[places[cell]] }

    /// Forgets cells and text: what is held here is copied if it changes.
    mutating func begin(line: Int) {
        self.line = line
        bytes = []
        places.removeAll(keepingCapacity: true)
    }

    mutating func append(_ cell: Range<Int>) { places.append(cell) }

    mutating func end(_ range: Range<Int>, in bytes: [UInt8]) {
        self.range = range
        self.bytes = bytes
    }
}
