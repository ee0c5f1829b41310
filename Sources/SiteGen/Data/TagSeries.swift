import Archive
import Calendar
import Text

/// The history of a hashtag as CSV: a line for each window, so that nobody has to look for it in all tails.
///
/// Of the sources that ever listed it, from the slot before its first list to its last, so that it stays as it is until
/// it is listed again. Beyond the days of which tails are looked at, the windows that list it have a line and no others.
struct TagSeries {
    /// Its number.
    let tag: Int32
    let site: Site

    static func path(slug: String) -> String { "tags/\(slug)/series.csv" }

    var bytes: [UInt8] {
        var encoder = CSVEncoder()
        encoder.header(SeriesRow.header)
        for row in rows { row.encode(into: &encoder) }
        return encoder.bytes
    }

    /// In order of slot, then source.
    var rows: [SeriesRow] {
        let tables = site.history.index.tables
        var listed: [Int32] = []
        var accounts: [Int32: Int] = [:]
        for point in site.tagTails.points(of: tag) { accounts[point.window] = point.accounts }
        // The popular list of a window comes before its trending one.
        for place in site.history.index.rows(ofTag: tag) {
            let row = tables.rows[Int(place)]
            guard listed.last != row.window else { continue }
            listed.append(row.window)
            accounts[row.window] = Int(row.accounts)
        }
        guard let first = listed.first, let last = listed.last else { return [] }
        let span = TagTails.span(from: slot(of: first), through: slot(of: last), site.history)
        let names = Set(
            Set(listed.map { tables.windows[Int($0)].source }).map {
                ExactText(tables.name(ofSource: $0))
            })
        // Those that ever listed it, by name.
        let sources = site.history.sources.filter { names.contains(ExactText($0.name)) }
            .sorted { ExactText($0.name) < ExactText($1.name) }
        let older = listed.prefix { slot(of: $0) < span.lowerBound }
        return older.map { row(of: $0, accounts) }
            + slots(in: span).flatMap { slot in
                sources.compactMap { source -> SeriesRow? in
                    let position = source.windows.position(of: slot)
                    if position < source.windows.count {
                        let number = source.windows.numbers[position]
                        if self.slot(of: number) == slot { return row(of: number, accounts) }
                    }
                    // Before its first window, and behind its last, it was not there.
                    guard position > 0, position < source.windows.count else { return nil }
                    return SeriesRow(slot: slot, source: source.name, state: .gap)
                }
            }
    }

    private func slots(in span: ClosedRange<Timestamp>) -> [Timestamp] {
        (span.lowerBound.date.daysSinceEpoch...span.upperBound.date.daysSinceEpoch)
            .flatMap { site.days.slots(of: CivilDate(daysSinceEpoch: $0)) }
            .filter(span.contains)
    }

    private func slot(of window: Int32) -> Timestamp { site.history.index.slot(ofWindow: window) }

    private func row(of number: Int32, _ accounts: [Int32: Int]) -> SeriesRow {
        let tables = site.history.index.tables
        let window = tables.windows[Int(number)]
        var row = SeriesRow(
            slot: slot(of: number), source: tables.name(ofSource: window.source),
            coverage: window.coverage, state: .gap)
        guard window.wasRead else { return row }
        row.windowAccounts = Int(window.accounts)
        row.accounts = accounts[number]
        row.state = row.accounts == nil ? .below : .known
        if row.accounts == nil { row.atMost = site.most(below: number) }
        return row
    }
}
