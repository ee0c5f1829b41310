import Archive

/// A month as a table of weeks; gaps are visible as gaps.
struct CalendarView: View {
    let name: String
    let monthLink: Link
    let weeks: [WeekView]

    struct WeekView: View {
        let days: [CellView]
    }

    struct CellView: View {
        /// Empty before the first day of the month and after the last.
        let number: String
        /// Nil outside of the archive's span.
        let day: Link?
        let marks: [MarkView]
        let label: String
    }

    /// A slot: `complete`, `partial` or `missing`.
    struct MarkView: View {
        let kind: String
    }

    init(_ month: CivilDate, _ site: Site, _ linker: Linker) {
        name = "\(Wording.months[month.month - 1]) \(month.year)"
        monthLink = linker.to(.month(month))
        let first = month.advanced(by: 1 - month.day)
        let count = CivilDate.days(inMonth: month.month, of: month.year)
        let cells = (-first.weekday..<count).map { offset in
            offset < 0 ? Self.blank : Self.day(first.advanced(by: offset), site, linker)
        }
        let padded = cells + Array(repeating: Self.blank, count: (7 - cells.count % 7) % 7)
        weeks = stride(from: 0, to: padded.count, by: 7).map {
            WeekView(days: Array(padded[$0..<$0 + 7]))
        }
    }

    private static let blank = CellView(number: "", day: nil, marks: [], label: "")

    private static func day(_ date: CivilDate, _ site: Site, _ linker: Linker) -> CellView {
        let span = site.history.first.date...site.history.last.date
        guard span.contains(date) else {
            return CellView(number: String(date.day), day: nil, marks: [], label: "")
        }
        let kinds = site.days.slots(of: date).map { slot in kind(of: slot, site) }
        let read = kinds.count { $0 != "missing" }
        return CellView(
            number: String(date.day), day: linker.to(.day(date)),
            marks: kinds.map(MarkView.init(kind:)),
            label: "\(read) of \(Wording.count(kinds.count, "window", "windows"))")
    }

    /// The best of what the sources have of a slot.
    private static func kind(of slot: Timestamp, _ site: Site) -> String {
        let windows = site.history.sources.compactMap { $0.window(at: slot) }.filter(\.wasRead)
        guard windows.count == site.history.sources.count else {
            return windows.isEmpty ? "missing" : "partial"
        }
        return windows.contains { $0.row.status == .partial } ? "partial" : "complete"
    }
}
