import Archive
import Calendar

/// The years and months of the archive, and how much of each was recorded by the end of the last day that is over.
struct ArchiveView: PageView {
    static let template = "archive"

    var title: String { "Archive" }
    let summary: String
    let span: String
    let latest: [PlaceView]
    let years: [YearView]

    struct YearView: View {
        let year: PlaceView
        let months: [MonthView]
    }

    struct MonthView: View {
        let month: PlaceView
        /// True while more of it is to come.
        let isUnfinished: Bool
        let sources: [SourceView]
    }

    /// How much of what was due a source read.
    struct SourceView: View {
        /// Nil where it is the only one.
        let name: String?
        /// `118 of 120 periods`
        let recorded: String
        /// Width of the bar, of 100.
        let share: String
    }

    init(_ site: Site, _ linker: Linker) {
        let (first, last) = (site.history.first.date, site.history.last.date)
        span = "\(Wording.day(first)) to \(Wording.day(last))"
        summary = "Every day from \(span)."
        latest = [.day(last), .week(CalendarWeek(of: last))].map { PlaceView($0, linker) }
        let months = site.days.months
        years = (first.year...last.year).reversed().map { year in
            YearView(
                year: PlaceView(.year(year), linker),
                months: months.filter { $0.year == year }.map { Self.month($0, site, linker) })
        }
    }

    /// Of the month that begins on this day.
    private static func month(_ first: CivilDate, _ site: Site, _ linker: Linker) -> MonthView {
        let history = site.history
        let end = Timestamp(first.lastOfMonth.advanced(by: 1))
        let over = Timestamp(site.days.lastOver.advanced(by: 1))
        return MonthView(
            month: PlaceView(.month(first), linker), isUnfinished: !history.isOver(end),
            sources: history.sources.compactMap { source in
                let due = site.slotsDue(of: source, from: Timestamp(first), to: min(end, over))
                    .count
                guard due > 0 else { return nil }
                // Slots beside the schedule may make more than were due.
                let read = min(
                    due,
                    source.windows(from: Timestamp(first), to: min(end, over)).count(
                        where: \.wasRead))
                return SourceView(
                    name: history.sources.count > 1 ? site.title(of: source.name) : nil,
                    recorded: "\(read) of \(Wording.count(due, "period", "periods"))",
                    share: FixedPoint.text(100 * Double(read) / Double(due), decimals: 1))
            })
    }
}
