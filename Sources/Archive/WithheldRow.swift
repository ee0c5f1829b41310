import Calendar
import Links
import Text

/// One line of `withheld/YYYY/YYYY-MM.csv`, which published copies alone have: how many lines of a list are left out of
/// it, because something in them was withdrawn. Never what.
public struct WithheldRow: Hashable, Sendable {
    public var slot: Timestamp
    public var source: String
    /// The table: `top`, `trending`, `tail`, `related` or `links`.
    public var list: String
    /// Lines left out.
    public var lines: Int
    /// Of a full tail, the fewest accounts of a line, those left out included: the most that a hashtag outside of it can
    /// have had. Nil for other lists.
    public var fewest: Int?

    public init(slot: Timestamp, source: String, list: String, lines: Int, fewest: Int? = nil) {
        (self.slot, self.source, self.list) = (slot, source, list)
        (self.lines, self.fewest) = (lines, fewest)
    }
}

extension WithheldRow: ArchiveRow {
    public static let columns = ["slot", "source", "list", "lines", "fewest"]

    public init(fields: inout FieldReader) throws(ArchiveError) {
        slot = try fields.timestamp()
        source = try fields.text()
        list = try fields.text()
        lines = try fields.count()
        fewest = try fields.optionalCount()
    }

    public func encode(into encoder: inout CSVEncoder) {
        encoder.timestamp(slot)
        encoder.text(source)
        encoder.text(list)
        encoder.count(lines)
        encoder.text(fewest.map(String.init) ?? "")
    }
}

extension ArchiveReader {
    /// How many lines of each list of a day's windows hold what is withdrawn, in order; without lists that lose none.
    public func withheld(
        _ date: CivilDate, by withdrawals: Withdrawals
    ) throws(ArchiveError) -> [WithheldRow] {
        var rows: [WithheldRow] = []
        func count<Row: WindowTag>(
            _ list: String, _ lines: [Row], besides isWithdrawn: (Row) -> Bool = { _ in false }
        ) {
            for line in lines where withdrawals.contains(ExactText(line.tag)) || isWithdrawn(line) {
                if let last = rows.lastIndex(where: {
                    $0.list == list && $0.slot == line.slot
                        && ExactText($0.source) == ExactText(line.source)
                }) {
                    rows[last].lines += 1
                } else {
                    rows.append(
                        WithheldRow(slot: line.slot, source: line.source, list: list, lines: 1))
                }
            }
        }
        count("top", try top(date))
        count("trending", try trending(date))
        count("related", try related(date)) { withdrawals.contains(ExactText($0.other)) }
        count("links", try links(date)) {
            LinkAddress($0.url).map(withdrawals.contains) ?? false
        }
        let tails = try tails(date) { key in
            withdrawals.contains(ExactText(String(decoding: key, as: UTF8.self)))
        }
        for tail in tails where !tail.rows.isEmpty {
            let isFull = tail.rowCount >= TailRow.longest
            rows.append(
                WithheldRow(
                    slot: tail.slot, source: tail.source, list: "tail", lines: tail.rows.count,
                    fewest: isFull ? tail.fewestAccounts : nil))
        }
        return rows.sorted {
            ($0.slot, ExactText($0.source), $0.list) < ($1.slot, ExactText($1.source), $1.list)
        }
    }
}
