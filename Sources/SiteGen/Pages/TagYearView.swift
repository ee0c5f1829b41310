import Archive
import Calendar
import Text

/// A year in the long history of a hashtag: what it came to, and the fullest window of each week.
struct TagYearView: View {
    let year: String
    let isLatest: Bool
    let summary: String
    let weeks: [WeekView]

    struct WeekView: View {
        /// Its Monday, `16 Nov`.
        let week: String
        /// By source.
        let peaks: [PeakView]
    }

    struct PeakView: View {
        let people: String
        /// Nil where no count of the source was kept.
        let link: Link?
    }

    /// Latest first.
    ///
    /// - Parameter peaks: Of each week and source the row with the most people, in order of time.
    static func all(
        _ peaks: [TopRow], _ history: TagHistory, sources: [String], _ linker: Linker
    ) -> [TagYearView] {
        let columns = sources.map(ExactText.init)
        let weeks = Dictionary(grouping: peaks) { CalendarWeek(of: $0.slot.date) }
        let years = Dictionary(grouping: history.allRows) { CalendarWeek(of: $0.slot.date).year }
        let last = years.keys.max()
        return Dictionary(grouping: weeks.keys, by: \.year).sorted { $0.key > $1.key }
            .map { year, shown in
                TagYearView(
                    year: String(year), isLatest: year == last,
                    summary: summary(
                        of: years[year] ?? [], peaks: shown.flatMap { weeks[$0] ?? [] }),
                    weeks: shown.sorted(by: >).map { week in
                        WeekView(
                            week: Wording.shortDay(week.monday),
                            peaks: columns.map { peak(of: $0, in: weeks[week] ?? [], linker) })
                    })
            }
    }

    private static func peak(
        of source: ExactText, in rows: [TopRow], _ linker: Linker
    ) -> PeakView {
        let row = rows.first { ExactText($0.source) == source }
        return PeakView(
            people: row.map { Wording.number($0.accounts) } ?? "–",
            link: row.map { linker.to(.window($0.slot)) })
    }

    private static func summary(of rows: [TopRow], peaks: [TopRow]) -> String {
        let periods = Wording.count(Set(rows.map(\.slot)).count, "period", "periods")
        let people = Wording.count(peaks.map(\.accounts).max() ?? 0, "person", "people")
        return "popular or trending in \(periods), \(people) at most"
    }
}
