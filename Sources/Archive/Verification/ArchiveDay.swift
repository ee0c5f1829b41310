import Calendar

/// The lists of one day, read for checking.
struct ArchiveDay: Sendable {
    let date: CivilDate
    let top: CheckedFile<TopRow>
    let trending: CheckedFile<TopRow>
    let tail: CheckedFile<TailRow>
    let related: CheckedFile<RelatedRow>
    let links: CheckedFile<LinkRow>

    /// What a published copy lacks.
    let withheld: WithheldLines

    private let tops: [WindowKey: NumberedRows<TopRow>]
    private let trends: [WindowKey: NumberedRows<TopRow>]
    private let tails: [WindowKey: NumberedRows<TailRow>]
    private let relations: [WindowKey: NumberedRows<RelatedRow>]
    private let addresses: [WindowKey: NumberedRows<LinkRow>]
    private let baselines: [WindowKey: Baseline.Day]

    init(_ date: CivilDate, folder: String, windows: WindowIndex, withheld: WithheldLines) {
        self.withheld = withheld
        self.date = date
        top = CheckedFile("\(folder)/\(ArchiveLayout.top(date))")
        trending = CheckedFile("\(folder)/\(ArchiveLayout.trending(date))")
        tail = CheckedFile("\(folder)/\(ArchiveLayout.tail(date))")
        related = CheckedFile("\(folder)/\(ArchiveLayout.related(date))")
        links = CheckedFile("\(folder)/\(ArchiveLayout.links(date))")
        (tops, trends, tails) = (
            Self.byWindow(top.rows), Self.byWindow(trending.rows), Self.byWindow(tail.rows)
        )
        (relations, addresses) = (Self.byWindow(related.rows), Self.byWindow(links.rows))
        var baselines: [WindowKey: Baseline.Day] = [:]
        for window in windows.ofDay[date] ?? [] where window.row.accounts > 0 {
            let tail = tails[window.key] ?? []
            baselines[window.key] = Baseline.Day(
                window.row, tail: tail.lazy.map(\.row),
                lacking: withheld.lines("tail", of: window.key),
                fewest: withheld.fewest(of: window.key))
        }
        self.baselines = baselines
    }

    func top(of key: WindowKey) -> NumberedRows<TopRow> { tops[key] ?? [] }
    func trending(of key: WindowKey) -> NumberedRows<TopRow> { trends[key] ?? [] }
    func tail(of key: WindowKey) -> NumberedRows<TailRow> { tails[key] ?? [] }
    func related(of key: WindowKey) -> NumberedRows<RelatedRow> { relations[key] ?? [] }
    func links(of key: WindowKey) -> NumberedRows<LinkRow> { addresses[key] ?? [] }

    /// What the window's tail says to later ones; nil if nobody was counted in it.
    func baseline(of key: WindowKey) -> Baseline.Day? { baselines[key] }

    var rowCount: Int {
        top.rows.count + trending.rows.count + tail.rows.count + related.rows.count
            + links.rows.count
    }

    /// Windows of this day that are not there, though lists of theirs are; in order.
    func orphans(_ windows: WindowIndex) -> [WindowKey] {
        Set(tops.keys).union(trends.keys).union(tails.keys).union(relations.keys)
            .union(addresses.keys)
            .filter { $0.slot.date == date && windows[$0] == nil }.sorted { $0.slot < $1.slot }
    }

    /// What cannot be read, and what belongs to no window of this day.
    ///
    /// - Parameter lost: the orphans that no killed run can have left.
    func findings(_ windows: WindowIndex, lost: Set<WindowKey>) -> [Finding] {
        top.findings + strays(tops, in: top.path, windows, lost)
            + trending.findings + strays(trends, in: trending.path, windows, lost)
            + tail.findings + strays(tails, in: tail.path, windows, lost)
            + related.findings + strays(relations, in: related.path, windows, lost)
            + links.findings + strays(addresses, in: links.path, windows, lost)
    }

    private func strays<Row: WindowTag>(
        _ lists: [WindowKey: NumberedRows<Row>], in file: String, _ windows: WindowIndex,
        _ lost: Set<WindowKey>
    ) -> [Finding] {
        lists.compactMap { key, rows -> (Int, Finding)? in
            guard let line = rows.first?.line else { return nil }
            if key.slot.date != date {
                let sentence = "slot: \(key.slot) belongs into the file of its day"
                return (line, Finding(.place, file, line: line, sentence))
            }
            guard windows[key] == nil else { return nil }
            let sentence =
                "\(key.source) has no window \(key.slot): its rows here (\(rows.count)) count nowhere"
            let check = lost.contains(key) ? ArchiveCheck.lost : .leftover
            return (line, Finding(check, file, line: line, sentence))
        }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func byWindow<Row: WindowTag>(
        _ rows: [Numbered<Row>]
    ) -> [WindowKey: NumberedRows<Row>] {
        // A window's rows were appended together: one part of the array, unless it was damaged.
        var windows: [WindowKey: NumberedRows<Row>] = [:]
        var start = rows.startIndex
        while start < rows.endIndex {
            let first = rows[start].row
            let end =
                rows[start...].firstIndex {
                    $0.row.slot != first.slot || $0.row.source != first.source
                }
                ?? rows.endIndex
            let key = WindowKey(slot: first.slot, source: first.source)
            windows[key] = windows[key].map { $0 + rows[start..<end] } ?? rows[start..<end]
            start = end
        }
        return windows
    }
}
