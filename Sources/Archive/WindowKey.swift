import Calendar

/// Which window of which source.
public struct WindowKey: Hashable, Sendable {
    public let slot: Timestamp
    public let source: String

    public init(slot: Timestamp, source: String) { (self.slot, self.source) = (slot, source) }
}

extension WindowKey {
    /// Those of the lines of a file of an archive, whichever it is; nothing of lines that name none.
    public static func keys(in bytes: [UInt8]) -> Set<WindowKey> {
        var decoder = CSVDecoder(bytes)
        var keys: Set<WindowKey> = []
        while let record = decoder.next() {
            guard record.count > 1, let slot = Timestamp(record.text(0)) else { continue }
            let source = String(decoding: FormulaGuard.removed(from: record[1]), as: UTF8.self)
            keys.insert(WindowKey(slot: slot, source: source))
        }
        return keys
    }
}
