/// A window's tail of which some rows alone are values.
public struct TailPart: Sendable {
    public let slot: Timestamp
    public let source: String
    /// Of all its rows.
    public fileprivate(set) var rowCount = 0
    /// Of the row that has the fewest.
    public fileprivate(set) var fewestAccounts = Int.max
    /// Those that were asked for, in order.
    public fileprivate(set) var rows: [TailRow] = []
}

extension ArchiveReader {
    /// The tails of one day in the order they were archived in, with the rows of some hashtags: the others are counted, and
    /// no value is made of them, which is most of the work.
    ///
    /// - Parameter isWanted: Is told the bytes of a key.
    public func tails(
        _ date: CivilDate, of isWanted: (ArraySlice<UInt8>) -> Bool
    ) throws(ArchiveError) -> [TailPart] {
        guard let file = try ArchiveFile(folder + "/" + ArchiveLayout.tail(date)),
            var reader = try RowReader<TailRow>(file)
        else { return [] }
        // As `TailRow.columns` has them.
        let (slot, source, tag, accounts) = (0, 1, 2, 4)
        var parts: [TailPart] = []
        var window: (slot: [UInt8], source: [UInt8]) = ([], [])
        while reader.advance() {
            // A window's rows were appended together.
            let isNext =
                !reader[slot].elementsEqual(window.slot)
                || !reader[source].elementsEqual(window.source)
            let count = Self.number(reader[accounts])
            let isIncluded = isWanted(reader[tag])
            var row: TailRow?
            // What cannot be read throws here.
            if isNext || isIncluded || count == nil { row = try reader.row() }
            if isNext, let row {
                window = (Array(reader[slot]), Array(reader[source]))
                parts.append(TailPart(slot: row.slot, source: row.source))
            }
            let last = parts.count - 1
            parts[last].rowCount += 1
            parts[last].fewestAccounts = min(
                count ?? row?.accounts ?? .max, parts[last].fewestAccounts)
            if isIncluded, let row { parts[last].rows.append(row) }
        }
        return parts
    }

    /// Nil if it is none, or too long for a count.
    private static func number(_ cell: ArraySlice<UInt8>) -> Int? {
        guard !cell.isEmpty, cell.count <= 15 else { return nil }
        var value = 0
        for byte in cell {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
