import Calendar

/// The lines of a file of an archive, cut where another window begins: what a store keeps of it piece by piece.
public struct FileSegments: Hashable, Sendable {
    /// Lines of one window that stand together; of none, where they name none.
    public struct Segment: Hashable, Sendable {
        public let key: WindowKey?
        /// Their bytes in the file, with their line ends.
        public let range: Range<Int>
    }

    /// The first line.
    public let header: Range<Int>
    /// All others, in order.
    public let segments: [Segment]

    /// - Parameters:
    ///   - bytes: whole lines.
    ///   - start: where a line begins; what is before it is left out, the header too.
    public init(_ bytes: [UInt8], from start: Int = 0) {
        var decoder = CSVDecoder(start == 0 ? bytes : Array(bytes[start...]))
        header = start == 0 ? decoder.next()?.range ?? 0..<0 : 0..<0
        var segments: [Segment] = []
        while let record = decoder.next() {
            let key = record.windowKey
            let range = record.range.lowerBound + start..<record.range.upperBound + start
            if let last = segments.last, last.key == key {
                segments[segments.count - 1] = Segment(
                    key: key, range: last.range.lowerBound..<range.upperBound)
            } else {
                segments.append(Segment(key: key, range: range))
            }
        }
        self.segments = segments
    }
}

extension CSVRecord {
    /// The window that a line of an archive is of, by its first two cells; nil if they name none.
    var windowKey: WindowKey? {
        guard count > 1, let slot = Timestamp(text(0)) else { return nil }
        return WindowKey(slot: slot, source: text(1))
    }
}
