import Calendar

/// Which window of which source.
public struct WindowKey: Hashable, Sendable {
    public let slot: Timestamp
    public let source: String

    public init(slot: Timestamp, source: String) { (self.slot, self.source) = (slot, source) }
}

extension WindowKey {
    /// Those of the lines of a file of an archive.
    public static func keys(in bytes: [UInt8]) -> Set<WindowKey> { Set(lines(in: bytes).keys) }

    /// The lines of a file of an archive, whichever it is, by their windows; of several of one window the last, and none
    /// that name no window.
    public static func lines(in bytes: [UInt8]) -> [WindowKey: ArraySlice<UInt8>] {
        var decoder = CSVDecoder(bytes)
        var lines: [WindowKey: ArraySlice<UInt8>] = [:]
        while let record = decoder.next() {
            if let key = record.windowKey { lines[key] = bytes[record.range] }
        }
        return lines
    }
}
