/// The cells of a line of CSV, or of several that a quoted cell spans.
public struct CSVRecord: RandomAccessCollection {
    /// The number of the line it starts on, from 1.
    public private(set) var line = 0
    /// Its bytes in the text, with the line end.
    public internal(set) var range = 0..<0
    /// What the cells hold, without quotes, one behind the other.
    private(set) var content: [UInt8] = []
    private var ends: [Int] = []

    public let startIndex = 0
    public var endIndex: Int { ends.count }

    public subscript(place: Int) -> ArraySlice<UInt8> { content[range(of: place)] }

    /// Where in `content` a cell lies.
    func range(of cell: Int) -> Range<Int> { (cell == 0 ? 0 : ends[cell - 1])..<ends[cell] }

    /// Forgets the cells, and keeps their memory.
    mutating func begin(line: Int) {
        self.line = line
        content.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) { content.append(contentsOf: bytes) }

    mutating func endCell() { ends.append(content.count) }
}
