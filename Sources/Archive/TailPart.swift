import Calendar
import Text

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

    fileprivate mutating func count(_ accounts: Int) {
        rowCount += 1
        fewestAccounts = min(accounts, fewestAccounts)
    }
}

extension ArchiveReader {
    /// The tails of one day in the order they were archived in, with the rows of some hashtags: the others are counted,
    /// and no value is made of them, which is most of the work.
    ///
    /// - Parameter isWanted: Is told the bytes of a key.
    public func tails(
        _ date: CivilDate, of isWanted: (ArraySlice<UInt8>) -> Bool
    ) throws(ArchiveError) -> [TailPart] {
        guard let file = try ArchiveFile(folder + "/" + ArchiveLayout.tail(date)),
            var reader = try RowReader<TailRow>(file)
        else { return [] }
        if let parts = TailScan(file.bytes, from: reader.range.upperBound).parts(of: isWanted) {
            return parts
        }
        var parts: [TailPart] = []
        while reader.advance() {
            let row = try reader.row()
            // A window's rows were appended together.
            if parts.last.map({
                $0.slot != row.slot || ExactText($0.source) != ExactText(row.source)
            }) ?? true {
                parts.append(TailPart(slot: row.slot, source: row.source))
            }
            parts[parts.count - 1].count(row.accounts)
            if isWanted(Array(row.tag.utf8)[...]) { parts[parts.count - 1].rows.append(row) }
        }
        return parts
    }
}

/// The lines of a tail as nearly all are: five cells, none of which is quoted or guarded.
private struct TailScan {
    private let bytes: [UInt8]
    private let start: Int

    init(_ bytes: [UInt8], from start: Int) {
        (self.bytes, self.start) = (bytes, start)
    }

    /// Nil if a line is not of that kind, or no row.
    func parts(of isWanted: (ArraySlice<UInt8>) -> Bool) -> [TailPart]? {
        var parts: [TailPart] = []
        // Where slot and source of the window stand, with the comma behind each.
        var window = 0..<0
        var place = start
        while place < bytes.count {
            let isNext = window.isEmpty || !begins(at: place, as: window)
            if isNext {
                guard let slot = cell(from: place), let source = cell(from: slot.upperBound + 1),
                    let time = Timestamp(utf8: bytes.span.extracting(slot)),
                    let name = String(validating: bytes[source], as: UTF8.self)
                else { return nil }
                window = place..<source.upperBound + 1
                parts.append(TailPart(slot: time, source: name))
            }
            guard let tag = cell(from: place + window.count),
                let posts = number(from: tag.upperBound + 1, to: UInt8(ascii: ",")),
                let accounts = number(from: posts.end + 1, to: UInt8(ascii: "\n"))
            else { return nil }
            let last = parts.count - 1
            parts[last].count(accounts.value)
            if isWanted(bytes[tag]) {
                guard let key = String(validating: bytes[tag], as: UTF8.self) else { return nil }
                parts[last].rows.append(
                    TailRow(
                        slot: parts[last].slot, source: parts[last].source, tag: key,
                        posts: posts.value, accounts: accounts.value))
            }
            place = accounts.end + 1
        }
        return parts
    }

    private func begins(at place: Int, as window: Range<Int>) -> Bool {
        bytes[place...].starts(with: bytes[window])
    }

    /// Up to its comma; nil for one that is quoted, guarded or the last.
    private func cell(from start: Int) -> Range<Int>? {
        guard start < bytes.count, bytes[start] != UInt8(ascii: "\""),
            bytes[start] != FormulaGuard.apostrophe
        else { return nil }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: ",") {
            if bytes[end] == UInt8(ascii: "\n") { return nil }
            end += 1
        }
        return end < bytes.count ? start..<end : nil
    }

    /// Nil unless there are digits alone up to this byte.
    private func number(from start: Int, to end: UInt8) -> (value: Int, end: Int)? {
        var (value, place) = (0, start)
        while place < bytes.count, bytes[place] != end {
            guard bytes[place] >= UInt8(ascii: "0"), bytes[place] <= UInt8(ascii: "9"),
                place - start < FieldReader.longestCount
            else { return nil }
            value = value * 10 + Int(bytes[place] - UInt8(ascii: "0"))
            place += 1
        }
        return place < bytes.count && place > start ? (value, place) : nil
    }
}
